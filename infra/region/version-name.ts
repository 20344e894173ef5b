import { Fault } from "../../errors/fault";
import { appService } from "../names";

/** A label of DNS (RFC 1035, 2.3.4), which a service's name is. An image's tag may have 128 characters, and a secret's name is cut to fit. */
const LONGEST = 63;

/**
 * Throws VERSION_TOO_LONG for a version whose service could have no name, and VERSION_COLLIDES for one whose service
 * would have the name of another version's. Names differ in their letters and digits alone: DNS knows no upper case.
 * @param others versions that have a service, or are to have one
 */
export function checkVersionName(version: string, others: readonly string[]): void {
    const service = appService(version);
    if (service.length > LONGEST) throw new Fault("VERSION_TOO_LONG", { version, service, length: service.length, longest: LONGEST });
    const name = (text: string) => appService(text).toLowerCase();
    const other = others.find((one) => one !== version && name(one) === name(version));
    if (other !== undefined) throw new Fault("VERSION_COLLIDES", { version, other, service });
}

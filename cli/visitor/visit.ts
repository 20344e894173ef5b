import { existsSync } from "node:fs";
import { Fault } from "../../errors/fault";
import { visitorTrust } from "../paths";
import { handOver, run, type Outcome } from "../run";
import { oneOf, places } from "../stack/names";

/** The words that run a command as a visitor of a place: in that place's network, with its resolver. */
export function visitWords(place: string, command: string[]): [string, string[]] {
    return ["ip", ["netns", "exec", `ap-visit-${oneOf(places, place, "PLACE_UNKNOWN")}`, ...command]];
}

/** A visitor's environment: the caller's, with trust in the pocket's authority, and none of the operator's proxies. */
export function visitorEnvironment(caller: NodeJS.ProcessEnv, trust: string): NodeJS.ProcessEnv {
    const kept = Object.entries(caller).filter(([name]) => !/^(https?|all|no)_proxy$/i.test(name));
    return { ...Object.fromEntries(kept), CURL_CA_BUNDLE: trust, SSL_CERT_FILE: trust, NODE_EXTRA_CA_CERTS: trust };
}

/** Runs a command as a visitor in the user's terminal; gives its exit status. Throws POCKET_NOT_UP. */
export async function visit(place: string, command: string[]): Promise<number> {
    const [file, args] = visitWords(place, command);
    standing(place);
    return handOver(file, args, { env: visitorEnvironment(process.env, visitorTrust) });
}

/** Runs a command as a visitor and gives what it wrote. */
export async function visitQuietly(place: string, command: string[]): Promise<Outcome> {
    const [file, args] = visitWords(place, command);
    return run(file, args, { env: visitorEnvironment(process.env, visitorTrust) });
}

function standing(place: string): void {
    if (!existsSync(`/run/netns/ap-visit-${place}`)) throw new Fault("POCKET_NOT_UP");
}

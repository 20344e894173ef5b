import { inEach } from "../region/each";
import { askPilot } from "../region/pilot";
import { type Way, waysTo, type Which } from "../region/way";
import { hostIn, type PilotStatus } from "./told";

/** What a region's pilot says of it, and its own public name. */
export interface Asked { way: Way; host: string; status: PilotStatus["releases"] }

/** Asks the pilot of the region that is named, or of all that stand. Throws what `waysTo` and `askPilot` do. */
export async function askAll(region: string | undefined, which: Which): Promise<Asked[]> {
    return inEach(await waysTo(region, which), askOne);
}

/** Asks the pilot of one region. Throws what `askPilot` does. */
export async function askOne(way: Way): Promise<Asked> {
    const status = await askPilot<PilotStatus>(way, "status");
    return { way, host: hostIn(status, way.region), status: status.releases };
}

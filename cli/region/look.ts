import { Fault } from "../../errors/fault";
import { hostOf } from "../../infra/names";
import { pocketStatus } from "../daemon/client";
import { Progress } from "../progress";
import { regions } from "../stack/names";
import { knownStacks, openSession } from "../stack/session";
import { askHealth } from "../visitor/health";
import { regionStanding, type RegionOutputs, type World } from "./standing";

/** Looks at the whole pocket cloud: stacks, regions as their visitors see them, and the DNS service. Throws POCKET_NOT_UP. */
export async function look(): Promise<World> {
    if (!(await pocketStatus())) throw new Fault("POCKET_NOT_UP");
    const { pulumi, domain, pocket } = await openSession(new Progress());
    const known = await knownStacks(pulumi);
    const standing = regions.filter((region) => (known.get(region) ?? 0) > 0);
    const looked = await Promise.all(standing.map(async (region) => {
        const outputs = await pulumi.json<RegionOutputs>(["stack", "output", "--stack", region]);
        return regionStanding(region, domain, outputs, await askHealth(region, hostOf(region, domain)));
    }));
    return { domain, regions: looked, edge: (known.get("edge") ?? 0) > 0 ? pocket.edge ?? null : null };
}

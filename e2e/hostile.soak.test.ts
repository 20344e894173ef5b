import { afterAll, beforeAll, expect, it } from "vitest";
import { Hostile } from "./load/hostile";
import { complaints, counted, Load, pace, size } from "./load/load";
import { domain, models } from "./pocket";
import { appOf, deploy, over, prepare, restore, steps } from "./versions";

/** `npm run soak -- release --minutes` */
const minutes = Number(process.env.ANTIPODE_SOAK_MINUTES ?? "20");
/** So that a run has several releases, each with windows in which much is seen. */
const windowSeconds = Math.max(10, minutes * 6);

let load: Load;
let hostile: Hostile;
beforeAll(async () => {
    await prepare("us", "5.0.0", { releaseWindowSeconds: String(windowSeconds), releaseKeepSeconds: String(windowSeconds / 2) });
    await models(pace);
    load = await Load.begin("us", `https://us.${domain}`);
    hostile = await Hostile.begin("us", `us.${domain}`);
}, 600_000);
afterAll(async () => {
    hostile?.leave();
    await load?.end();
    await models({ clear: "ark" });
    await restore("us");
}, 400_000);

it(`rolls no release back in ${minutes} minutes of a conformance tool and of a client that resets its streams`, async () => {
    const ends = Date.now() + minutes * 60_000;
    for (let minor = 1; minor === 1 || Date.now() < ends; minor += 1) {
        const version = `5.${minor}.0`;
        await deploy(["us"], appOf(version), "50,100");
        const events = await over("us", version, windowSeconds * 4 + 120);
        expect(steps(events)).toEqual([[`began: from 5.${minor - 1}.0`, 0], ["50 % of the visitors get it", 50], ["all visitors get it", 100], ["finished", 100]]);
        const { candidate } = events.at(-1)!.figures!;
        console.log(`✔ ${version}: ${JSON.stringify(candidate)}`);
        expect(candidate!.excluded!.left).toBeGreaterThan(windowSeconds);
        expect(candidate!.requests).toBeGreaterThan(size.perSecond);
        const met = await load.met();
        expect([complaints(met), counted(met).streams > 5]).toEqual([{}, true]);
    }
    expect(hostile.leave()).toEqual({ runs: expect.toSatisfy((runs: number) => runs > 0), gone: 0 });
}, (minutes * 2 + 10) * 60_000);

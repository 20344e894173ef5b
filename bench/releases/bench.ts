import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSection } from "../../cli/bench/page";
import { thisSize } from "../../cli/bench/size";
import { pocketStatus } from "../../cli/daemon/client";
import { project } from "../../cli/paths";
import { Progress } from "../../cli/progress";
import { built } from "../../e2e/build";
import { size } from "../../e2e/load/load";
import { models } from "../../e2e/pocket";
import { appOf, deploy, failingWhen, over, prepare, restore } from "../../e2e/versions";
import { Fault } from "../../errors/fault";
import { antipodeWay } from "./antipode";
import { Kamal } from "./kamal";
import { measure } from "./measure";
import { releasePage } from "./page";

const windowSeconds = 10;
/** Streams that were begun before a release have the time to come to their end. */
const keepSeconds = 30;
const tokenMs = 1_500;
const versions = { base: "9.0.0", good: "9.1.0", bad: "9.2.0" };

/** Measures releases on the pocket cloud, which has to be up, beside a peer; writes docs/performance.md. */
export async function benchRelease(): Promise<string> {
    if (!(await pocketStatus())?.ready) throw new Fault("POCKET_NOT_UP");
    const progress = new Progress();
    const folders = { [versions.good]: appOf(versions.good), [versions.bad]: appOf(versions.bad, failingWhen("asked++ % 2 === 0")) };
    try {
        await progress.during("A version of its own in each region", async () => {
            await prepare("us", versions.base, { releaseWindowSeconds: String(windowSeconds), releaseKeepSeconds: String(keepSeconds) });
            // The other region has it first: its image is there.
            await prepare("cn", versions.base);
            await deploy(["cn"], folders[versions.good]!, "low");
            await over("cn", versions.good);
            await built(folders[versions.bad]!);
            await models({ provider: "ark", kind: "slow", tokenMs });
        });
        const ours = await progress.during("Releases under load", (step) => measure(antipodeWay(folders), versions, size, windowSeconds, (what) => step.note(what)));
        const peer = await progress.during("The same with kamal-proxy", (step) => {
            step.note("kamal-proxy in the gateway's place");
            return Kamal.in(versions.base, (kamal) => measure(kamal, versions, size, windowSeconds, (what) => step.note(what)));
        });
        const page = join(project, "docs", "performance.md");
        const text = releasePage(ours, peer, size, windowSeconds, thisSize(), new Date().toISOString().slice(0, 10));
        writeFileSync(page, withSection(readFileSync(page, "utf8"), "release", text));
        return text;
    } finally {
        await progress.during("Both regions as they were", async () => {
            await models({ clear: "ark" });
            await restore("us");
            await restore("cn");
        });
    }
}

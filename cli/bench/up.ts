import { mkdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../errors/fault";
import { home } from "../../pocket/home";
import { pocketStatus } from "../daemon/client";
import { findEngine } from "../engine/find";
import { prepare } from "../machine/prepare";
import { project } from "../paths";
import { Progress } from "../progress";
import { handOver } from "../run";
import { stacks } from "../stack/names";
import { section, withSection, type Timing } from "./page";
import { thisSize } from "./size";

const page = join(project, "docs", "performance.md");

/**
 * Times what a user does, command by command, from no pocket cloud to none, and writes the page. The engine is made
 * before, and what the first `up` has to make (the machine image) is timed by it alone.
 */
export async function benchUp(): Promise<Timing[]> {
    if (await pocketStatus()) throw new Fault("BENCH_NEEDS_NONE");
    const progress = new Progress();
    await prepare(progress);
    await findEngine(progress);
    const timings: Timing[] = [];
    if (!existsSync(home.docker)) {
        timings.push(await time("first `up`: images made, for the cache has none", ["up"]), await time("`down`", ["down"]));
    }
    timings.push(
        await time("cold `up`: no pocket cloud, engine and images in the cache", ["up"], 60_000),
        await time("`up` with nothing to do", ["up"], 20_000),
    );
    for (const stack of stacks) timings.push(await time(`preview of \`${stack}\`, with start and policy pack`, ["preview", stack], 5_000));
    timings.push(await time("destroy of `edge`", ["pulumi", "--", "destroy", "--yes", "--skip-preview", "-s", "edge"]));
    for (const stack of ["us", "cn"]) timings.push(await time(`destroy of \`${stack}\``, ["pulumi", "--", "destroy", "--yes", "--skip-preview", "-s", stack]));
    timings.push(await time("warm `up`: pocket cloud up, no stacks", ["up"], 60_000));
    await time("`down`", ["down"]);
    mkdirSync(join(project, "docs"), { recursive: true });
    const before = existsSync(page) ? readFileSync(page, "utf8") : "";
    writeFileSync(page, withSection(before, "up", section("up", timings, thisSize(), new Date().toISOString().slice(0, 10))));
    return timings;
}

async function time(what: string, args: string[], aimMs?: number): Promise<Timing> {
    const began = performance.now();
    const code = await handOver(process.execPath, [join(project, "cli", "antipode.mjs"), ...args], { cwd: project });
    if (code !== 0) throw new Fault("BENCH_FAILED", { command: args.join(" "), status: code });
    return { what, ms: performance.now() - began, aimMs };
}

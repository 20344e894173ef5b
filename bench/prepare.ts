import { cpus } from "node:os";
import { join } from "node:path";
import { project } from "../cli/paths";
import type { Step } from "../cli/progress";
import { run } from "../cli/run";
import { Fault } from "../errors/fault";
import { instruments } from "./instruments";

/** Builds the app and the instruments and installs the peers. Gives the path of the instruments. */
export async function prepared(step: Step): Promise<string> {
    if (process.platform !== "linux") throw new Fault("BENCH_NOT_POSSIBLE", { reason: `this is ${process.platform}` });
    if (cpus().length < 2) throw new Fault("BENCH_NOT_POSSIBLE", { reason: "this machine has one core" });
    const taskset = await run("taskset", ["--version"]).catch(() => undefined);
    if (taskset?.code !== 0) throw new Fault("BENCH_NOT_POSSIBLE", { reason: "there is no taskset" });
    step.note("instruments");
    const binary = await instruments();
    step.note("the app");
    const built = await run("npm", ["run", "build"], { cwd: join(project, "app") });
    if (built.code !== 0) throw new Fault("BENCH_NOT_BUILT", { what: "npm run build, in app/", reason: built.stdout || built.stderr });
    step.note("peers");
    const { ensurePackages } = await import(join(project, "cli", "packages.mjs"));
    await ensurePackages(project, ["bench"]);
    return binary;
}

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../errors/fault";
import { home } from "../../pocket/home";
import { pocketStatus } from "../daemon/client";
import { project } from "../paths";
import { programs, testPrograms } from "../machine/needs";
import { prepare } from "../machine/prepare";
import { Progress } from "../progress";
import { handOver, run } from "../run";
import { changes, picture } from "./leftovers";
import { sum, tally, type Tally } from "./tally";

const bin = (name: string) => join(project, "node_modules", ...name.split("/"));
const failed: Tally = { passed: 0, failed: 1 };
const none: Tally = { passed: 0, failed: 0 };

export interface Choice { unit: boolean; endToEnd: boolean; keep: boolean }

/**
 * Runs what is chosen: types and unit tests of the toolkit, the app and the pilot, then the tests on the pocket cloud.
 * A step that cannot even run counts as one failed test; what comes after it is still run where it can be.
 */
export async function runTests({ unit, endToEnd, keep }: Choice): Promise<Tally> {
    const tallies: Tally[] = [];
    const progress = new Progress();
    await counted(tallies, () => prepare(progress, { ...programs, ...testPrograms }));
    if (unit) {
        await counted(tallies, async () => void (process.env.MONGOD ??= await mongod(progress)));
        for (const folder of [".", "app", "pilot"]) {
            tallies.push(await checkTypes(folder), await vitest(folder, folder === "." ? ["--project", "unit"] : []));
        }
    }
    if (endToEnd) tallies.push(await onPocket(keep));
    return sum(tallies);
}

/** What cannot be made ready is told and counted, and does not keep the rest from being tried. */
async function counted(tallies: Tally[], step: () => Promise<void>): Promise<void> {
    try {
        await step();
    } catch (fault) {
        if (!(fault instanceof Fault)) throw fault;
        console.error(fault.report());
        tallies.push(failed);
    }
}

/** The path of a real mongod for the tests of the app and the pilot. */
async function mongod(progress: Progress): Promise<string> {
    return progress.during("A real mongod", async (step) => {
        const { code, stdout, stderr } = await run(process.execPath, [join(project, "tools", "mongod", "find.mjs")], { onLine: (line) => step.note(line) });
        if (code !== 0) throw new Fault("MONGOD_MISSING", { reason: stderr.trim() });
        return stdout.trim();
    });
}

async function checkTypes(folder: string): Promise<Tally> {
    console.error(`\n── types of ${folder === "." ? "the toolkit" : folder}`);
    const code = await handOver(process.execPath, [bin("typescript/bin/tsc"), "--noEmit"], { cwd: join(project, folder) });
    return code === 0 ? none : failed;
}

/** Runs vitest in a folder, on the screen, and counts its report. */
async function vitest(folder: string, args: string[]): Promise<Tally> {
    console.error(`\n── tests of ${[folder === "." ? "the toolkit" : folder, ...args.slice(1)].join(", ")}`);
    const scratch = mkdtempSync(join(tmpdir(), "antipode-test-"));
    const report = join(scratch, "report.json");
    try {
        const words = ["run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
        const code = await handOver(process.execPath, [bin("vitest/vitest.mjs"), ...words], { cwd: join(project, folder) });
        if (!existsSync(report)) return failed;
        const counted = tally(readFileSync(report, "utf8"));
        // An error outside of any test: vitest says so by its exit status alone.
        return code !== 0 && counted.failed === 0 ? sum([counted, failed]) : counted;
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
}

/**
 * Brings the pocket cloud up, runs the tests on it, and takes it away again if it was not there before. One whose
 * daemon is gone (a restart, a kill) is swept away first: its stacks were made of a tree that may be another by now.
 */
async function onPocket(keep: boolean): Promise<Tally> {
    const standing = (await pocketStatus()) !== undefined;
    if (!standing && existsSync(home.state)) await down("--force");
    if (standing || keep) return upAndTest();
    const before = await picture();
    const tested = await upAndTest();
    return sum([tested, await leave(), left(changes(before, await picture()))]);
}

async function upAndTest(): Promise<Tally> {
    console.error("\n── the pocket cloud");
    const code = await handOver(process.execPath, [join(project, "cli", "antipode.mjs"), "up"], { cwd: project });
    return code === 0 ? vitest(".", ["--project", "end-to-end"]) : failed;
}

const down = (...words: string[]) => handOver(process.execPath, [join(project, "cli", "antipode.mjs"), "down", ...words], { cwd: project });

/** That the machine is as it was before counts as a test of its own. */
function left(changes: string[]): Tally {
    for (const line of changes) console.error(`✘ after down, ${line}`);
    return changes.length === 0 ? { passed: 1, failed: 0 } : failed;
}

/** That the stacks can be destroyed counts as a test too. */
async function leave(): Promise<Tally> {
    if ((await down()) === 0) return none;
    console.error(new Fault("TESTS_LEFT_STACKS").report());
    await down("--force");
    return failed;
}

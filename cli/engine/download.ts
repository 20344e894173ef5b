import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "../progress";
import { run } from "../run";
import { attemptAt } from "./attempt";
import { engineVersion } from "./version";

/**
 * Lets the npm package `pulumi` fetch the engine, and puts its executables into the folder. False where the package or
 * its download cannot be reached, which is no error: the engine can be built.
 */
export async function download(folder: string, step: Step): Promise<boolean> {
    const attempt = attemptAt(folder);
    try {
        // Its launcher keeps each version below PULUMI_HOME; see lib/cache.js of the package.
        const env = { ...process.env, PULUMI_HOME: attempt, PULUMI_VERSION: engineVersion, PULUMI_SKIP_UPDATE_CHECK: "1" };
        step.note("npm package pulumi");
        await run("npx", ["--yes", `pulumi@${engineVersion}`, "version"], { env, cwd: attempt, onLine: (line) => step.note(line) });
        const binaries = join(attempt, "versions", engineVersion, "bin");
        if (!existsSync(join(binaries, "pulumi"))) return false;
        rmSync(folder, { recursive: true, force: true });
        renameSync(binaries, folder);
        return true;
    } finally {
        rmSync(attempt, { recursive: true, force: true });
    }
}

import { copyFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../errors/fault";
import { project } from "../paths";
import type { Step } from "../progress";
import { run } from "../run";
import { attemptAt } from "./attempt";
import { engineVersion } from "./version";

const sources = join(project, "tools", "engine");
const dynamicProvider = "pulumi-resource-pulumi-nodejs";

/** Without the version in the executable `pulumi version` is empty, and the Automation API crashes on that. */
const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;

const products = [
    { name: "pulumi", from: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", flags: `-s -w ${stamp}` },
    { name: "pulumi-language-nodejs", from: "./language-nodejs", flags: "-s -w" },
];

/**
 * Builds the engine from Go modules into the folder; 5–8 minutes on 2 cores the first time. All or nothing: the folder
 * appears when everything is in it. Throws ENGINE_NEEDS_GO or ENGINE_BUILD_FAILED.
 */
export async function build(folder: string, step: Step): Promise<void> {
    if (!(await hasGo())) throw new Fault("ENGINE_NEEDS_GO", { version: engineVersion });
    const attempt = attemptAt(folder);
    try {
        step.note("fetching Go modules (about 1.5 min the first time)");
        await go(["mod", "download"], step);
        for (const { name, from, flags } of products) {
            step.note(`compiling ${name} (up to 8 min the first time)`);
            await go(["build", "-trimpath", "-ldflags", flags, "-o", join(attempt, name), from], step);
        }
        copyFileSync(join(sources, "language-nodejs", dynamicProvider), join(attempt, dynamicProvider));
        rmSync(folder, { recursive: true, force: true });
        renameSync(attempt, folder);
    } finally {
        rmSync(attempt, { recursive: true, force: true });
    }
}

async function hasGo(): Promise<boolean> {
    return run("go", ["version"]).then(({ code }) => code === 0, () => false);
}

async function go(args: string[], step: Step): Promise<void> {
    const { code, stderr } = await run("go", args, {
        cwd: sources,
        env: { ...process.env, CGO_ENABLED: "0" },
        onLine: (line) => step.note(line),
    });
    if (code !== 0) throw new Fault("ENGINE_BUILD_FAILED", { command: `go ${args[0]}`, log: stderr.split("\n").slice(-15).join("\n") });
}

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { home } from "../../pocket/home";
import { lock } from "../lock";
import type { Progress } from "../progress";
import { run } from "../run";
import { until } from "../wait";
import { build } from "./build";
import { download } from "./download";
import { engineVersion, usable } from "./version";

/** The Pulumi engine that runs the program. */
export interface Engine {
    /** The folder with `pulumi` and its language host; it goes first on the PATH. */
    folder: string;
    /** For people: where it came from. */
    origin: string;
}

/** Longer than any build takes; whoever waits for another's build gives up then. */
const buildDeadlineMs = 30 * 60_000;

/** Gives the engine: the one on the PATH, else one got before, else the npm package's, else built from Go modules. */
export async function findEngine(progress: Progress): Promise<Engine> {
    return (await onPath()) ?? kept() ?? progress.during(`Pulumi engine ${engineVersion}`, async (step) => {
        const turn = await until(async () => {
            const taken = lock(join(home.cache, "engine.lock"), "engine");
            if ("release" in taken) return taken;
            step.note(`process ${taken.holder.pid} is making it`);
            return undefined;
        }, buildDeadlineMs);
        try {
            const already = kept();
            if (already) return already;
            if (await download(places.npm, step)) return kept()!;
            await build(places.built, step);
            return kept()!;
        } finally {
            turn?.release();
        }
    }, ({ origin }) => origin);
}

const places = {
    built: join(home.cache, `engine-${engineVersion}`),
    npm: join(home.cache, `engine-${engineVersion}-npm`),
};

function kept(): Engine | undefined {
    if (complete(places.npm)) return { folder: places.npm, origin: `${engineVersion}, npm package` };
    if (complete(places.built)) return { folder: places.built, origin: `${engineVersion}, built from Go modules` };
    return undefined;
}

/** A folder is renamed into place when all is in it, but a cache may have been emptied by hand. */
export function complete(folder: string): boolean {
    return ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"].every((name) => existsSync(join(folder, name)));
}

async function onPath(): Promise<Engine | undefined> {
    const folders = [...(process.env.PATH ?? "").split(delimiter), join(homedir(), ".pulumi", "bin")].filter(Boolean);
    for (const folder of folders.filter(complete)) {
        const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
        const { stdout } = await run(join(folder, "pulumi"), ["version"], { env });
        if (usable(stdout)) return { folder, origin: `${stdout.trim()} on the PATH` };
    }
    return undefined;
}

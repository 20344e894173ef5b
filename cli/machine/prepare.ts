import { accessSync, constants, existsSync, mkdirSync, statfsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Fault } from "../../errors/fault";
import { home } from "../../pocket/home";
import type { Progress } from "../progress";
import { run } from "../run";
import { judge, programs, type Machine } from "./needs";
import { clearPolicy, withoutServices } from "./services";

/** Makes the machine fit for the pocket cloud, or throws the fault that says why it cannot be. */
export async function prepare(progress: Progress, called = programs): Promise<void> {
    const verdict = judge(thisMachine(), called);
    if (process.getuid?.() === 0) clearPolicy();
    if (verdict.kind === "impossible") throw new Fault(verdict.code, verdict.details);
    if (verdict.kind === "install") await install(verdict.packages, progress);
}

/** Turns away whoever cannot have a pocket cloud at all, before anything is written. Throws NOT_LINUX or NOT_ROOT. */
export function admit(): void {
    if (process.platform !== "linux") throw new Fault("NOT_LINUX", { platform: process.platform });
    if (process.getuid?.() !== 0) throw new Fault("NOT_ROOT");
}

export function thisMachine(): Machine {
    mkdirSync(home.cache, { recursive: true });
    const { bavail, bsize } = statfsSync(home.cache);
    return {
        platform: process.platform,
        root: process.getuid?.() === 0,
        freeGiB: (bavail * bsize) / 2 ** 30,
        folder: home.cache,
        has: onPath,
        apt: existsSync("/etc/debian_version") && onPath("apt-get"),
    };
}

/** True when the program can be run; the system folders count even where a user's PATH leaves them out. */
export function onPath(program: string): boolean {
    return [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"].filter(Boolean).some((folder) => {
        try {
            accessSync(join(folder, program), constants.X_OK);
            return true;
        } catch {
            return false;
        }
    });
}

async function install(packages: string[], progress: Progress): Promise<void> {
    await progress.during(`Debian packages: ${packages.join(" ")}`, (step) => withoutServices(async () => {
        const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
        for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
            const { code, stderr } = await run("apt-get", ["-q", ...args], { env, onLine: (line) => step.note(line) });
            if (code !== 0) throw new Fault("PACKAGES_FAILED", { packages: packages.join(" "), log: stderr.split("\n").slice(-8).join("\n") });
        }
    }));
}

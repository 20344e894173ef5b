import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { home } from "../../pocket/home";
import { proxySettings } from "../../system/proxy";
import { writeWhole } from "../../system/whole";
import { ask, pocketStatus, type PocketStatus } from "../daemon/client";
import { startPocket } from "../daemon/start";
import { findEngine } from "../engine/find";
import { prepare } from "../machine/prepare";
import { pocketSettings, project, pulumi as folders } from "../paths";
import type { Progress } from "../progress";
import { composeSettings } from "./compose";
import { environment, merged } from "./environment";
import type { Region, Stack } from "./names";
import { attachList, folderName, harmless, installed } from "./plugins";
import { Pulumi } from "./pulumi";

/** The engine and the pocket cloud, both ready. */
export interface Session {
    pocket: PocketStatus;
    pulumi: Pulumi;
    /** What is added to the caller's environment. */
    variables: Record<string, string>;
    domain: string;
}

/** Makes the machine, the engine and the pocket cloud ready, as far as they are not. */
export async function openSession(progress: Progress): Promise<Session> {
    // What is up has what it needs; it may have used the very room that a first start asks for.
    if (!(await pocketStatus())?.ready) await prepare(progress);
    const engine = await findEngine(progress);
    const pocket = await startPocket(progress);
    // A daemon of an earlier version knows its own checkout alone.
    await ask("POST", "/program", { folder: join(project, "stacks") }).catch(() => undefined);
    mkdirSync(folders.home, { recursive: true, mode: 0o700 });
    const attach = attachList(pocket.attach, linkPlugins());
    const around = {
        engine: engine.folder, attach, home: folders.home, backend: folders.backend, passphraseFile: passphraseFile(), keys: home.keys,
        credentials: pocket.credentials,
    };
    const variables = { ...environment(around, process.env.PATH ?? ""), ...proxySettings(process.env) };
    const pulumi = new Pulumi(join(engine.folder, "pulumi"), merged(process.env, variables));
    return { pocket, pulumi, variables, domain: pocket.domain };
}

/** Makes a stack's settings on the pocket current, and the stack itself where there is none. */
export async function openStack({ pulumi, pocket }: Session, stack: Stack, existing: readonly string[], regions: Region[]): Promise<void> {
    const settings = { ...pocket.settings[stack] };
    if (stack === "edge" && regions.length > 0) settings.regions = { value: regions };
    composeSettings(stack, settings, passphrase);
    if (!existing.includes(stack)) await initialise(pulumi, stack);
}

/** The stacks that Pulumi knows, with the number of their resources. */
export async function knownStacks(pulumi: Pulumi): Promise<Map<string, number>> {
    const listed = await pulumi.json<{ name: string; resourceCount?: number }[]>(["stack", "ls"]);
    return new Map(listed.map(({ name, resourceCount }) => [name, resourceCount ?? 0]));
}

/** `stack init` writes beside Pulumi.yaml; done in a folder of its own, it leaves the committed settings alone. */
async function initialise(pulumi: Pulumi, stack: Stack): Promise<void> {
    const folder = join(folders.backend, "project");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), readFileSync(join(project, "Pulumi.yaml")));
    writeFileSync(join(folder, `Pulumi.${stack}.yaml`), readFileSync(pocketSettings(stack)), { mode: 0o600 });
    // Another command may have made it since the list was read.
    await pulumi.run(["stack", "init", stack], { cwd: folder }).catch((fault: Error) => {
        if (!fault.message.includes("already exists")) throw fault;
    });
}

/** Under which the pocket's settings and states are encrypted. */
export const passphrase = (): string => readFileSync(passphraseFile(), "utf8");

function passphraseFile(): string {
    if (!existsSync(folders.passphrase)) writeWhole(folders.passphrase, randomBytes(24).toString("base64url"));
    return folders.passphrase;
}

/** Lets the pocket's own PULUMI_HOME see the real plugins that the user has; gives those. */
function linkPlugins() {
    const theirs = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
    if (!existsSync(theirs)) return [];
    const wanted = harmless.flatMap((name) => {
        const manifest = join(project, "node_modules", "@pulumi", name, "package.json");
        return existsSync(manifest) ? [{ name, version: (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version }] : [];
    });
    const found = installed(readdirSync(theirs), wanted);
    const ours = join(folders.home, "plugins");
    mkdirSync(ours, { recursive: true });
    for (const plugin of found) {
        const name = folderName(plugin);
        if (!existsSync(join(ours, name))) symlinkSync(join(theirs, name), join(ours, name));
    }
    return found;
}

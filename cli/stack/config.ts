import { createHash } from "node:crypto";
import { parse, stringify } from "yaml";
import type { Cipher } from "./cipher";

/** One setting that the pocket gives to a stack; a secret one is encrypted in the file. */
export interface Setting { value: unknown; secret?: boolean }
export type Settings = Record<string, Setting>;

interface StackFile { encryptionsalt?: string; config?: Record<string, unknown> }

/**
 * The text of a stack's settings on the pocket cloud: the committed ones, and over them the pocket's. Keys without a
 * namespace get the project's. Secrets and key references of the committed file are left out: they belong to another
 * passphrase, and the pocket makes its own.
 */
export function compose(project: string, committed: string, settings: Settings, cipher: Cipher): string {
    const file = (parse(committed) ?? {}) as StackFile;
    const config: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(file.config ?? {})) if (!holdsSecret(value)) config[key] = value;
    for (const [key, { value, secret }] of Object.entries(settings)) {
        const full = key.includes(":") ? key : `${project}:${key}`;
        config[full] = secret ? { secure: cipher.encrypt(typeof value === "string" ? value : JSON.stringify(value)) } : value;
    }
    return `${marker(committed, settings)}\n${stringify({ encryptionsalt: cipher.salt, config }, { lineWidth: 0 })}`;
}

/** True when the composed text still stands for these sources. What was set in it by hand then stays. */
export function current(composed: string, committed: string, settings: Settings): boolean {
    return composed.startsWith(`${marker(committed, settings)}\n`);
}

/** The salt of a composed text: a stack's state is encrypted under it, so it outlives every change of settings. */
export function saltOf(composed: string): string | undefined {
    return (parse(composed) as StackFile | null)?.encryptionsalt;
}

function marker(committed: string, settings: Settings): string {
    const sources = createHash("sha256").update(JSON.stringify([committed, settings])).digest("hex");
    return `# The pocket cloud's settings, composed from ${sources}`;
}

function holdsSecret(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return false;
    return "secure" in value || Object.values(value).some(holdsSecret);
}

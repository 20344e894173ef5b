import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crossFaults, schema, type Settings } from "./schema";

/** Everything that is wrong with the settings, in one message: a start that fails is looked at once. */
export class SettingsError extends Error {
    constructor(readonly faults: string[]) {
        super(`The settings are wrong:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
        this.name = "SettingsError";
    }
}

/**
 * Reads the settings. A value comes from the file that `NAME_FILE` names, or from `NAME`, or from the Docker secret
 * `/run/secrets/NAME`. No value is ever repeated in a fault, for it may be a secret.
 * @param env the environment
 * @param secrets the folder of the Docker secrets
 * @throws SettingsError with every fault found
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env, secrets = "/run/secrets"): Settings {
    const faults: string[] = [];
    const raw: Record<string, string> = {};
    for (const name of Object.keys(schema.shape)) {
        const value = readOne(name, env, secrets, faults);
        if (value) raw[name] = value;
    }
    const parsed = schema.safeParse(raw);
    if (!parsed.success) {
        for (const issue of parsed.error.issues) {
            const name = String(issue.path[0]);
            if (faults.some((fault) => fault.startsWith(`${name}_FILE `))) continue;
            faults.push(name in raw ? `${name} ${phrase(issue.message)}` : `${name} is missing`);
        }
    }
    faults.push(...crossFaults(parsed.success ? parsed.data : ({ NODE_ENV: "production", ...raw } as Partial<Settings>)));
    if (parsed.data?.MONGODB_CA_FILE && !existsSync(parsed.data.MONGODB_CA_FILE)) faults.push("MONGODB_CA_FILE names a file that does not exist");
    if (faults.length > 0 || !parsed.success) throw new SettingsError(faults);
    return parsed.data;
}

function readOne(name: string, env: NodeJS.ProcessEnv, secrets: string, faults: string[]): string | undefined {
    const file = env[`${name}_FILE`];
    if (file && env[name]) {
        faults.push(`${name}_FILE and ${name} are both set: which one is meant?`);
        return undefined;
    }
    if (file) return readSecret(file, (cause) => faults.push(`${name}_FILE cannot be read (${cause})`));
    if (env[name]) return env[name];
    const secret = join(secrets, name);
    return existsSync(secret) ? readSecret(secret, (cause) => faults.push(`${secret} cannot be read (${cause})`)) : undefined;
}

/** Editors and `echo` end a file with a newline that is no part of the secret. */
function readSecret(path: string, fail: (cause: string) => void): string | undefined {
    try {
        return readFileSync(path, "utf8").replace(/\r?\n$/, "");
    } catch (error) {
        fail((error as NodeJS.ErrnoException).code ?? "unreadable");
        return undefined;
    }
}

/** Zod's own sentences stand alone; here they follow the setting's name. */
function phrase(message: string): string {
    return /^(is|does|holds|names) /.test(message) ? message : `is wrong: ${message}`;
}

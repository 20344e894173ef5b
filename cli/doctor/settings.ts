import { parse as parseYaml } from "yaml";
import { parse, type Raw } from "../../infra/settings/parse";
import type { Stack } from "../stack/names";
import type { Finding } from "./finding";

/** A stack's committed settings in the form that the program gets them. An encrypted value stands for itself. */
export function rawSettings(yaml: string, namespace: string): Raw {
    const { config = {} } = (parseYaml(yaml) ?? {}) as { config?: Record<string, unknown> };
    const raw = { values: {} as Record<string, string>, secrets: new Set<string>() };
    for (const [key, value] of Object.entries(config)) {
        const [space, name] = key.split(":");
        if (space !== namespace || !name) continue;
        const encrypted = typeof value === "object" && value !== null && "secure" in value;
        if (encrypted) raw.secrets.add(name);
        raw.values[name] = encrypted ? "encrypted" : typeof value === "string" ? value : JSON.stringify(value);
    }
    return raw;
}

/** Whether a stack has all its settings. */
export function checkSettings(stack: Stack, yaml: string, namespace: string): Finding {
    const about = `settings of ${stack}`;
    const parsed = parse(stack, rawSettings(yaml, namespace));
    if ("settings" in parsed) return { level: "good", about, text: "complete" };
    return { level: "missing", about, text: parsed.faults.join("\n") };
}

import type { Labels } from "../releases/labels";
import { any } from "./any";
import { chat } from "./chat";
import type { Check, Contract, Declared, Metrics } from "./contract";

/** `preset` is in the labels of each version whose program knew of contracts; older versions are the bundled app. */
const names = { preset: "antipode.preset", health: "antipode.health", check: "antipode.check", metrics: "antipode.metrics" } as const;
const presets = { detect: {}, chat, any } as const satisfies Record<string, Declared>;

/** The labels that the program creates a version with. */
export function declaredLabels({ preset, health, check, metrics }: Declared): Labels {
    const written = {
        preset: preset ?? "detect",
        health,
        check: typeof check === "object" ? JSON.stringify(check) : check,
        metrics: typeof metrics === "object" ? `${metrics.port}${metrics.path}` : metrics,
    };
    return Object.fromEntries(Object.entries(written).flatMap(([key, value]) => (value === undefined ? [] : [[names[key as keyof typeof names], value]])));
}

/** The labels after the pilot found out the rest. */
export const writeContract = (labels: Labels, contract: Contract): Labels => ({ ...labels, ...declaredLabels(contract) });

/** @throws Error if somebody changed the labels into something unreadable */
export function readDeclared(labels: Labels): Declared {
    const preset = labels[names.preset];
    if (preset === undefined) return chat;
    if (!Object.hasOwn(presets, preset)) throw new Error(`the label ${names.preset} is "${preset}" and none of ${Object.keys(presets).join(", ")}`);
    const given = { health: readHealth(labels[names.health]), check: readCheck(labels[names.check]), metrics: readMetrics(labels[names.metrics]) };
    return { ...presets[preset as keyof typeof presets], ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

/** The gateway's configuration holds the path. */
function readHealth(text: string | undefined): string | undefined {
    if (text !== undefined && !/^\/[\w.~/-]*$/.test(text)) throw new Error(`the label ${names.health} is "${text}" and no path`);
    return text;
}

function readCheck(text: string | undefined): Contract["check"] | undefined {
    if (text === undefined || text === "chat" || text === "none") return text;
    try {
        const { method, path, body, status, text: part } = JSON.parse(text) as Check;
        if (typeof method === "string" && typeof path === "string" && typeof status === "number") return { method, path, status, ...(body !== undefined && { body }), ...(part !== undefined && { text: part }) };
    } catch {
        // It is told below.
    }
    throw new Error(`the label ${names.check} is "${text}" and no check`);
}

function readMetrics(text: string | undefined): Metrics | "none" | undefined {
    if (text === undefined || text === "none") return text;
    const [, port, path] = /^(\d{1,5})(\/.*)$/.exec(text) ?? [];
    if (path === undefined) throw new Error(`the label ${names.metrics} is "${text}" and neither none nor a port with a path`);
    return { port: Number(port), path };
}

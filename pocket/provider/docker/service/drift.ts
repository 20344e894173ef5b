import type { Difference } from "../../kind";
import { at } from "../../values";
import { duration, nanoseconds } from "../duration";
import type { ServiceInputs } from "./types";

/** Durations that the provider reads from the engine and writes down in Go's short form. */
const durations = [
    "taskSpec.containerSpec.stopGracePeriod", "taskSpec.restartPolicy.delay", "taskSpec.restartPolicy.window",
    "updateConfig.delay", "updateConfig.monitor", "rollbackConfig.delay", "rollbackConfig.monitor",
];

/**
 * What the real provider finds changed at every `up`, because it reads it back in other words than the program's: a
 * restart policy without `window` comes back with "0s" (pulumi-docker#1285), "60s" comes back as "1m" (KW
 * resource_docker_service_structures.go, shortDur). The engine itself sees no difference.
 */
export function neverSettled(news: Partial<ServiceInputs>): Difference[] {
    const window = at(news, "taskSpec.restartPolicy") !== undefined && at(news, "taskSpec.restartPolicy.window") === undefined;
    const inOtherWords = durations.filter((path) => {
        const text = at(news, path);
        const ns = typeof text === "string" ? nanoseconds(text) : undefined;
        return ns !== undefined && duration(ns) !== text;
    });
    return [
        ...(window ? [{ path: "taskSpec.restartPolicy.window", kind: "delete" as const, replace: false }] : []),
        ...inOtherWords.map((path) => ({ path, kind: "update" as const, replace: false })),
    ];
}

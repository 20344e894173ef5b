import type { Contract, Declared } from "./contract";

/** An app of any kind: it has to listen and to answer a health path. */
export const any = { preset: "any", health: "/health", check: "none" } as const satisfies Declared;

/** The text format of Prometheus (prometheus.io/docs/instrumenting/exposition_formats) gives each series a type. */
export const isMetrics = (text: string): boolean => /^# TYPE [a-zA-Z_:][\w:]* \w+\s*$/m.test(text);

/** The sources that a version of such an app is not judged by; undefined if there are none. */
export function notJudgedBy({ check, metrics }: Contract): string | undefined {
    const absent = [...(metrics === "none" ? ["metrics"] : []), ...(check === "none" ? ["a check"] : [])];
    return absent.length === 0 ? undefined : `not judged by ${absent.join(" or ")}: the app has none`;
}

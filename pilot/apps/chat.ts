import { readObject } from "../figures/json";
import { type Contract, publicHealth, usualMetrics } from "./contract";

/** The bundled app, and apps that were made of it. */
export const chat: Contract = { preset: "chat", health: publicHealth, check: "chat", metrics: usualMetrics };

/** The bundled app's health page. It has the same form while the instance can't serve. */
export function isChatHealth(text: string): boolean {
    const { status, region, database } = readObject(text);
    return [status, region, database].every((value) => typeof value === "string");
}

/** A bundled app whose health page is broken still has its own metrics. */
export const isChatMetrics = (text: string): boolean => /^# TYPE chat_turns_total counter$/m.test(text);

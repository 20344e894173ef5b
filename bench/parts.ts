/** What is measured of the app, one table each in docs/performance.md. */
export type Part = "relay" | "core" | "memory" | "beginning" | "border";

export const parts: Part[] = ["relay", "core", "memory", "beginning", "border"];

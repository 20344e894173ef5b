import { cpus, release, totalmem, type } from "node:os";
import type { Size } from "./page";

/** What a measurement was made on. */
export function thisSize(): Size {
    const memoryGiB = Math.round(totalmem() / 2 ** 30);
    return { cpus: cpus().length, model: cpus()[0]?.model.trim() ?? "unknown", memoryGiB, system: `${type()} ${release()}`, node: process.versions.node };
}

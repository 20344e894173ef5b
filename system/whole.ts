import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file, for its owner only unless told, so that whoever reads it finds the old text or the new one, whole, whenever the writer is killed. */
export function writeWhole(file: string, text: string | Uint8Array, mode = 0o600): void {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const next = `${file}.${process.pid}.next`;
    writeFileSync(next, text, { mode });
    renameSync(next, file);
}

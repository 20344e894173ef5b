import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const folders: string[] = [];

// Registered as the file is imported, so before its own hooks: vitest runs the first one last, when the servers are down.
afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })));

/** A new empty folder in the system's temporary one, gone after the last test of the file that asked for it. */
export function scratch(): string {
    const folder = mkdtempSync(join(tmpdir(), "antipode-app-"));
    folders.push(folder);
    return folder;
}

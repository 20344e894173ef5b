import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "./catalogue";
import { Fault } from "./fault";
import { errorsPage } from "./page";

const root = join(__dirname, "..");
const entries = Object.entries(catalogue);

/** The text of every program file that could throw a fault. */
function programs(): string {
    const files = ["cli", "infra", "stacks", "pocket", "bench", "pilot/releases"].flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(root, folder, name)));
    return files.filter((file) => !file.includes("node_modules") && /\.(ts|mjs)$/.test(file) && !file.endsWith(".test.ts")).map((file) => readFileSync(file, "utf8")).join("\n");
}

describe("the catalogue of errors", () => {
    it.each(entries)("%s names cause and remedy in sentences", (code, { cause, remedy }) => {
        expect(code).toMatch(/^[A-Z][A-Z_]*$/);
        expect(cause).toMatch(/^[`{A-Z].*[.:}?)]$|\}$|try: \{last\}$/s);
        expect(remedy.length).toBeGreaterThan(15);
    });

    it("holds no error that nobody throws", () => {
        const text = programs();
        expect(entries.map(([code]) => code).filter((code) => !text.includes(`"${code}"`))).toEqual([]);
    });

    it("docs/errors.md is what the catalogue says (else: npx tsx errors/write.ts)", () => {
        expect(readFileSync(join(root, "docs/errors.md"), "utf8")).toBe(errorsPage());
    });
});

describe("a fault", () => {
    it("says what happened, what to do and where to read more", () => {
        expect(new Fault("DISK_TOO_SMALL", { folder: "/var", free: "1.0", needed: 8 }).report()).toBe([
            "DISK_TOO_SMALL: /var has 1.0 GiB left, and the pocket cloud needs 8 GiB.",
            "  Free some room there, or set XDG_CACHE_HOME to a folder on a larger disk.",
            "  docs/errors.md#disk_too_small",
        ].join("\n"));
    });
});

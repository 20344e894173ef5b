import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { derive } from "./derive";
import { tokens } from "./tokens";

describe("the committed schemas", () => {
    it.each(Object.entries(tokens))("%s is what the installed SDK declares", (name, used) => {
        const committed: unknown = JSON.parse(readFileSync(join(__dirname, "..", name, "schema.json"), "utf8"));
        expect(committed).toEqual(derive(name, used));
    }, 60_000);
});

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../testing/scratch";
import { writeWhole } from "./whole";

it("replaces a file whole and leaves nothing beside it", () => {
    const file = join(scratch(), "below", "records.json");
    writeWhole(file, "one");
    writeWhole(file, "two");
    expect(readFileSync(file, "utf8")).toBe("two");
    expect(readdirSync(dirname(file))).toEqual(["records.json"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
});

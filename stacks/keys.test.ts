import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../testing/scratch";
import { programOf } from "./mocks";

let keys: string;
beforeEach(() => void (process.env.ANTIPODE_KEYS = keys = join(scratch(), "keys")));

describe.each(["cn", "us"] as const)("the keys of %s", (stack) => {
    it("are not on disk after a preview", async () => {
        await programOf(stack, {}, { preview: true });
        expect(existsSync(keys)).toBe(false);
    });

    it("are on disk after an up, for their owner alone, with whom the machine lets in", async () => {
        await programOf(stack);
        expect(readdirSync(join(keys, stack)).sort()).toEqual(["id", "known_hosts", "user"]);
        expect(readFileSync(join(keys, stack, "user"), "utf8")).toBe("ubuntu\n");
        expect((statSync(join(keys, stack, "id")).mode & 0o777).toString(8)).toBe("600");
    });
});

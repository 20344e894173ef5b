import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { forward, forwardedBefore, giveBack } from "./forwarding";

let state: string;
let setting: string;
beforeEach(() => {
    state = scratch();
    setting = join(scratch(), "ip_forward");
    writeFileSync(setting, "0\n");
});

describe("whether this machine forwards packets", () => {
    it("is given back as it was, however often the pocket was started", () => {
        expect(forwardedBefore(state, setting)).toBe(false);
        forward(setting);
        expect(forwardedBefore(state, setting)).toBe(false);
        giveBack(state, setting);
        expect(readFileSync(setting, "utf8")).toBe("0");
    });

    it("stays on where it was on", () => {
        writeFileSync(setting, "1\n");
        expect(forwardedBefore(state, setting)).toBe(true);
        forward(setting);
        giveBack(state, setting);
        expect(readFileSync(setting, "utf8")).toBe("1");
    });

    it.each(["", "\n", "2"])("is looked at again when the record says %j", (text) => {
        writeFileSync(join(state, "ip_forward"), text);
        giveBack(state, setting);
        expect(readFileSync(setting, "utf8")).toBe("0\n");
        expect(forwardedBefore(state, setting)).toBe(false);
    });

    it("is not touched where the pocket never came", () => {
        giveBack(state, setting);
        expect(readFileSync(setting, "utf8")).toBe("0\n");
    });
});

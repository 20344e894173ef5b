import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { startOf } from "../system/identity";
import { scratch } from "../testing/scratch";
import { lives, lock } from "./lock";

const fresh = () => join(scratch(), "below", "up.lock");

describe("lock", () => {
    it("is taken once, and again after its release", () => {
        const file = fresh();
        const first = lock(file, "up");
        expect(lock(file, "up")).toMatchObject({ holder: { pid: process.pid, purpose: "up" } });
        if ("release" in first) first.release();
        expect(existsSync(file)).toBe(false);
        expect(lock(file, "up")).toHaveProperty("release");
    });

    it.each([
        ["a process that is gone", '{"pid": 4194305, "started": "1", "purpose": "up", "since": ""}'],
        ["a process whose number another has now", `{"pid": ${process.pid}, "started": "1", "purpose": "up", "since": ""}`],
        ["a kill in the middle of writing", ""],
    ])("takes over what was left by %s", (_, left) => {
        const file = fresh();
        lock(file, "up");
        writeFileSync(file, left);
        expect(lock(file, "down")).toHaveProperty("release");
        expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ pid: process.pid, purpose: "down" });
        expect(readdirSync(dirname(file))).toEqual(["up.lock"]);
    });

    it("knows the living from the dead", () => {
        expect(lives({ pid: process.pid, started: startOf(process.pid) })).toBe(true);
        expect(lives({ pid: process.pid, started: "1" })).toBe(false);
        expect(lives({ pid: 4_194_305, started: undefined })).toBe(false);
    });
});

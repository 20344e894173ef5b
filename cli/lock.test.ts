import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../testing/scratch";
import { isAlive, lock } from "./lock";

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

    it.each(['{"pid": 4194305, "purpose": "up", "since": ""}', ""])("takes over what a dead process left: %s", (left) => {
        const file = fresh();
        const first = lock(file, "up");
        if ("release" in first) writeFileSync(file, left);
        expect(lock(file, "down", () => false)).toHaveProperty("release");
        expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ pid: process.pid, purpose: "down" });
    });

    it("knows the living from the dead", () => {
        expect(isAlive(process.pid)).toBe(true);
        expect(isAlive(4_194_305)).toBe(false);
    });
});

import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { isLeft, leftLocked } from "./locks";

const booted = Date.parse("2026-01-01T00:00:00Z");
const lock = (change: object) => ({ pid: process.pid, hostname: hostname(), timestamp: "2026-01-02T00:00:00.5Z", ...change });

it.each([
    ["a living process", {}, false],
    ["a process that is gone", { pid: 4_194_305 }, true],
    ["a time before this boot", { timestamp: "2025-12-31T00:00:00Z" }, true],
    ["another computer", { hostname: "elsewhere", pid: 4_194_305 }, false],
])("a lock of %s: left behind is %j", (_, change, expected) => expect(isLeft(lock(change), booted)).toBe(expected));

it("is left locked by a lock that was cut off, and not by one that cannot be read", () => {
    const folder = scratch();
    mkdirSync(join(folder, "us"));
    writeFileSync(join(folder, "us", "1.json"), '{"pid": 41943');
    expect(leftLocked("us", folder)).toBe(true);
    mkdirSync(join(folder, "us", "2.json"));
    expect(() => leftLocked("us", folder)).toThrow("EISDIR");
});

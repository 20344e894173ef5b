import { expect, it } from "vitest";
import { startOf } from "./identity";

it("is the same for as long as a process runs", () => {
    expect(startOf(process.pid)).toMatch(/^\d+$/);
    expect(startOf(process.pid)).toBe(startOf(process.pid));
});

it("is nothing for a process that is not there", () => expect([startOf(0), startOf(4_194_305)]).toEqual([undefined, undefined]));

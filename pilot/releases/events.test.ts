import { appendFileSync, existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { EventLog } from "./events";

let path: string;
let failures: string[];
beforeEach(() => void ([path, failures] = [join(scratch(), "releases", "events.jsonl"), []]));

const open = () => new EventLog(path, ({ message }) => failures.push(message), () => 0);
const event = (release: string, what: string) => ({ release, version: release.slice(-5), phase: "canary" as const, weight: 10, what, who: "by itself" });

describe("the events of releases", () => {
    it("are read as they were written, also by the next pilot, all or of one", async () => {
        const log = open();
        log.write(event("1-1.4.0", "began"));
        log.write(event("2-1.5.0", "began"));
        log.write(event("2-1.5.0", "gone back"));
        expect((await log.read()).map(({ what }) => what)).toEqual(["began", "began", "gone back"]);
        expect(await open().read("1-1.4.0")).toEqual([{ time: "1970-01-01T00:00:00.000Z", ...event("1-1.4.0", "began") }]);
        expect((await open().read("1.5.0")).map(({ what }) => what)).toEqual(["began", "gone back"]);
        expect(failures).toEqual([]);
    });

    it("are told to who else wants to know, whether they can be kept or not", async () => {
        const heard: unknown[] = [];
        const log = new EventLog("/dev/null/events.jsonl", ({ message }) => failures.push(message), () => 0, (one) => heard.push(one));
        log.write(event("1-1.4.0", "began"));
        expect([heard, await log.read(), failures.length]).toEqual([[{ time: "1970-01-01T00:00:00.000Z", ...event("1-1.4.0", "began") }], [], 1]);
    });

    it("are none before the first, and survive half a line", async () => {
        expect(await open().read()).toEqual([]);
        const log = open();
        log.write(event("1-1.4.0", "began"));
        await log.read();
        appendFileSync(path, '{"time":"19\n');
        log.write(event("1-1.4.0", "finished"));
        expect((await log.read()).map(({ what }) => what)).toEqual(["began", "finished"]);
    });

    it("take no more than two files", async () => {
        const log = open();
        for (let n = 0; n < 9; n += 1) log.write(event("1-1.4.0", String(n).padEnd(1024 * 1024)));
        expect((await log.read()).map(({ what }) => what.trim())).toEqual(["3", "4", "5", "6", "7", "8"]);
        expect([statSync(path).size < 4.1 * 1024 * 1024, existsSync(`${path}.1`)]).toEqual([true, true]);
    });

    it("that cannot be written are told, and hold up nobody", async () => {
        const file = join(scratch(), "file");
        writeFileSync(file, "");
        const log = new EventLog(join(file, "events.jsonl"), ({ message }) => failures.push(message));
        log.write(event("1-1.4.0", "began"));
        expect(await log.read()).toEqual([]);
        expect(failures.length).toBe(1);
    });
});

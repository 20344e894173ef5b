import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { scratch } from "../testing/scratch";
import { startOf } from "../system/identity";
import { Process } from "./process";
import { until } from "./until";

const folder = scratch();
const sleeper = () => new Process(folder, { name: "sleeper", file: "sleep", args: ["60"] });

describe("a program that outlives the daemon", () => {
    afterEach(() => sleeper().stop());

    it("is found again by its name, and never runs twice", () => {
        sleeper().start();
        const pid = sleeper().pid();
        expect(pid).toBeTypeOf("number");
        sleeper().start();
        expect(sleeper().pid()).toBe(pid);
    });

    it("is gone when it was stopped", async () => {
        const process = sleeper();
        process.start();
        const pid = process.pid()!;
        await process.stop();
        expect([process.pid(), startOf(pid)]).toEqual([undefined, undefined]);
    });

    it("is known by the note that it makes itself, should nobody else have had the time", async () => {
        sleeper().start();
        const pid = sleeper().pid();
        rmSync(join(folder, "sleeper.pid"));
        await until(() => sleeper().pid() === pid, { seconds: 5 });
    });

    it("is told from one that was started with other words", async () => {
        const other = new Process(folder, { name: "sleeper", file: "sleep", args: ["61"] });
        expect(sleeper().isAsOrdered()).toBe(false);
        sleeper().start();
        await until(() => sleeper().isAsOrdered(), { seconds: 5 });
        expect([other.pid(), other.isAsOrdered()]).toEqual([sleeper().pid(), false]);
    });

    it("is not another program that has its number now", async () => {
        sleeper().start();
        await until(() => sleeper().isAsOrdered(), { seconds: 5 });
        const file = join(folder, "sleeper.pid");
        const right = readFileSync(file, "utf8");
        for (const wrong of [`${process.pid} 1`, ""]) {
            writeFileSync(file, wrong);
            expect(sleeper().pid()).toBeUndefined();
        }
        writeFileSync(file, right);
    });

    it("leaves its last words", async () => {
        const talker = new Process(folder, { name: "talker", file: "sh", args: ["-c", "echo one; echo two; exit 3"] });
        talker.start();
        await until(() => talker.pid() === undefined, { seconds: 5 });
        expect(talker.tail(1)).toBe("two");
    });

    it("that does not exist says so in its log", async () => {
        const missing = new Process(folder, { name: "missing", file: "no-such-program", args: [] });
        missing.start();
        await until(() => missing.tail().endsWith("no-such-program: not found"), { seconds: 5 });
    });
});

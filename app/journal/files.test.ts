import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { until } from "../test/world";
import { JournalFile } from "./file";
import { LOST, readJournal, writeLine, type Held } from "./held";
import { Journal } from "./journal";

const held = (turn: string, more: Partial<Held> = {}): Held => ({ turn, session: `session-${turn}`, user: "ada", at: 1_000, fresh: true, message: `message ${turn}`, ...more });
const end = { reply: "a reply", end: "done", endedAt: new Date(2_000), finishReason: "stop" };
const MAX = 1 << 20;
const now = new Date(9_000);

/** An instance that was killed: its files are there and nobody listens. */
async function killed(folder: string, work: (journal: Journal) => Promise<void>): Promise<void> {
    const journal = await Journal.open(folder, MAX);
    await work(journal);
    const { file, owner } = journal as unknown as { file: JournalFile; owner: { server: { close(done: () => void): void } } };
    await file.write("");
    await new Promise<void>((done) => owner.server.close(done));
}

const files = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".jsonl"));

describe("a journal's lines", () => {
    it("give what is held, oldest first, with the newest of each turn", () => {
        const lines = [held("1"), held("2"), held("1", { end }), held("3")].map((one) => writeLine({ is: "held", held: one }));
        const { held: read, unreadable } = readJournal([...lines, writeLine({ is: "settled", turn: "2" })].join(""), now);
        expect([read, unreadable]).toEqual([[held("1", { end }), held("3", { end: { reply: "", end: LOST, endedAt: now } })], 0]);
    });

    it("that are torn or are none of ours are counted, and cost no other", () => {
        const line = writeLine({ is: "held", held: held("1") });
        const { held: read, unreadable } = readJournal(`${line.slice(0, 20)}\n{"is":"other"}\nnull\n[]\n${line}${line.slice(0, 30)}`, now);
        expect([read.map(({ turn }) => turn), unreadable]).toEqual([["1"], 5]);
    });
});

describe("a journal's file", () => {
    it("has a text on the disk when it says so, also of many who write at once", async () => {
        const file = await JournalFile.create(join(scratch(), "a.jsonl"));
        const texts = Array.from({ length: 100 }, (_, index) => `line ${index}\n`);
        file.note("noted\n");
        await Promise.all(texts.map(async (text) => {
            await file.write(text);
            expect(readFileSync(file.path, "utf8")).toContain(text);
        }));
        expect(readFileSync(file.path, "utf8")).toBe(`noted\n${texts.join("")}`);
        await file.close();
    });

    it("tells who writes that the disk does not take it, and what comes later stands on a line of its own", async () => {
        const file = await JournalFile.create(join(scratch(), "a.jsonl"));
        const { handle } = file as unknown as { handle: { datasync(): Promise<void> } };
        const datasync = handle.datasync.bind(handle);
        handle.datasync = () => Promise.reject(new Error("ENOSPC"));
        await expect(file.write("half a li")).rejects.toThrow("ENOSPC");
        handle.datasync = datasync;
        await file.write("a line\n");
        expect(readFileSync(file.path, "utf8")).toBe("half a li\na line\n");
        await file.close();
    });
});

describe("a journal", () => {
    it("is taken over from an instance that died, in order, with what had ended and what was lost", async () => {
        const folder = scratch();
        await killed(folder, async (journal) => {
            await journal.begun(held("1"), true);
            await journal.begun(held("2"), true);
            await journal.ended("1", end);
            journal.note(held("3", { message: undefined }));
            await journal.begun(held("4"), true);
            journal.settled("4");
        });
        const next = await Journal.open(folder, MAX);
        expect(next.waiting().map(({ turn, message, end: ended }) => [turn, message, ended?.end, ended?.reply])).toEqual([
            ["1", "message 1", "done", "a reply"], ["2", "message 2", LOST, ""], ["3", undefined, LOST, ""],
        ]);
        expect(next.waiting()[0]!.end!.endedAt).toEqual(new Date(2_000));
        await next.close();
    });

    it("is left alone while its instance lives, and of two that come for it one gets it", async () => {
        const folder = scratch();
        const alive = await Journal.open(folder, MAX);
        await alive.begun(held("1"), true);
        await killed(folder, (journal) => journal.begun(held("2"), true));
        const both = await Promise.all([Journal.open(folder, MAX), Journal.open(folder, MAX)]);
        expect(both.flatMap((journal) => journal.waiting().map(({ turn }) => turn))).toEqual(["2"]);
        expect(alive.waiting().map(({ turn }) => turn)).toEqual(["1"]);
        for (const journal of [alive, ...both]) await journal.close();
    });

    it("outlives many who take it over and die before they have done anything", async () => {
        const folder = scratch();
        await killed(folder, async (journal) => {
            await journal.begun(held("1"), true);
            await journal.ended("1", end);
        });
        for (let times = 0; times < 3; times += 1) await killed(folder, async () => undefined);
        const last = await Journal.open(folder, MAX);
        expect(last.waiting().map(({ turn, end: ended }) => [turn, ended!.reply])).toEqual([["1", "a reply"]]);
        last.settled("1");
        await last.close();
        expect(readdirSync(folder)).toEqual([]);
    });

    it("keeps a turn that began in one file and ended in the next, and removes files whose turns are settled", async () => {
        const folder = scratch();
        const long = "x".repeat(1 << 20);
        await killed(folder, async (journal) => {
            await journal.begun(held("1", { message: long }), true);
            await journal.begun(held("2", { at: 1_001 }), true);
            expect(files(folder).length).toBe(2);
            await journal.ended("1", end);
            await until(() => files(folder).length === 1);
        });
        const next = await Journal.open(folder, MAX);
        expect(next.waiting().map(({ turn, message, end: ended }) => [turn, message!.length, ended!.end])).toEqual([["1", long.length, "done"], ["2", 9, LOST]]);
        await next.close();
    });

    it("leaves nothing behind of turns that the database has, however many they are", async () => {
        const folder = scratch();
        const journal = await Journal.open(folder, MAX);
        const bytes = () => files(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
        const names = new Set(files(folder));
        for (let turn = 0; turn < 300; turn += 1) {
            journal.note(held(String(turn), { user: "x".repeat(10_000), message: undefined }));
            journal.settled(String(turn));
            await new Promise(setImmediate);
            files(folder).forEach((name) => names.add(name));
        }
        await until(() => files(folder).length === 1);
        expect([names.size > 1, bytes() < 2 << 20]).toEqual([true, true]);
        await journal.close();
        expect(readdirSync(folder)).toEqual([]);
    });

    it("says when a session has come home, and only when all of it has", async () => {
        const journal = await Journal.open(scratch(), MAX);
        const home: string[] = [];
        journal.onBroughtHome = (session) => home.push(session);
        await journal.begun(held("1", { session: "s" }), true);
        await journal.begun(held("2", { session: "s" }), true);
        let arrived = false;
        const waiting = journal.broughtHome("s").then(() => (arrived = true));
        journal.settled("1");
        await Promise.resolve();
        expect([journal.holds("s"), arrived, home]).toEqual([true, false, []]);
        journal.stored("2");
        await waiting;
        expect([journal.holds("s"), home]).toEqual([false, ["s"]]);
        await journal.close();
    });

    it("counts what it holds and has no room beyond its size", async () => {
        const journal = await Journal.open(scratch(), 300);
        expect([journal.stats, journal.hasRoom]).toEqual([{ turns: 0, bytes: 0 }, true]);
        await journal.begun(held("1", { message: "x".repeat(300) }), true);
        expect([journal.stats.turns, journal.hasRoom]).toEqual([1, false]);
        journal.settled("1");
        expect([journal.stats, journal.hasRoom]).toEqual([{ turns: 0, bytes: 0 }, true]);
        await journal.close();
    });

    it("keeps a turn that the database refuses in a file for a person", async () => {
        const folder = scratch();
        const journal = await Journal.open(folder, MAX);
        await journal.begun(held("1"), true);
        await journal.putAside("1");
        expect(journal.stats.turns).toBe(0);
        expect(JSON.parse(readFileSync(join(folder, "refused.jsonl"), "utf8"))).toEqual({ is: "held", held: held("1") });
        await journal.close();
    });

    it("holds nothing of a turn that the disk did not take", async () => {
        const journal = await Journal.open(scratch(), MAX);
        const { file } = journal as unknown as { file: { write(text: string): Promise<void> } };
        const write = file.write.bind(file);
        file.write = () => Promise.reject(new Error("ENOSPC"));
        await expect(journal.begun(held("1"), true)).rejects.toThrow("ENOSPC");
        expect(journal.all()).toEqual([]);
        file.write = write;
        await journal.close();
    });

    it("reads what it can of a file with a fault, and says how much it could not", async () => {
        const folder = scratch();
        await killed(folder, (journal) => journal.begun(held("1"), true));
        await appendFile(join(folder, files(folder)[0]!), '{"is":"held","held":{"tur');
        const next = await Journal.open(folder, MAX);
        expect([next.waiting().length, next.unreadable]).toEqual([1, 1]);
        await next.close();
    });

    it("cannot be in a folder that is none", async () => {
        const file = join(scratch(), "file");
        writeFileSync(file, "");
        await expect(Journal.open(file, MAX)).rejects.toThrow(/EEXIST|ENOTDIR/);
        expect(existsSync(file)).toBe(true);
    });
});

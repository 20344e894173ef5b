import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { until } from "../test/until";
import { Applier, hash } from "./apply";

let shared: string;
let ran: string[];
let statuses: Record<string, number>;
/** What a step waits for. */
let held: Record<string, Promise<void> | undefined>;
const never = new AbortController().signal;
beforeEach(() => {
    shared = scratch();
    ran = [];
    statuses = {};
    held = {};
});

const gateway = (id = "one") => ({
    id,
    run: async (...command: string[]) => {
        ran.push(command.join(" "));
        const step = command[1] === "-t" ? "test" : "reload";
        await held[step];
        return { status: statuses[step] ?? 0, output: "its words" };
    },
});
const test = (text: string) => `nginx -t -q -c /etc/gateway/next-${hash(text)}.conf`;
const reload = "nginx -c /etc/gateway/nginx.conf -s reload";
const onVolume = () => readFileSync(join(shared, "nginx.conf"), "utf8");

describe("applying a configuration", () => {
    it("tests, swaps and reloads, once", async () => {
        const applier = new Applier(shared);
        expect(await applier.apply("text", gateway(), never)).toEqual({ kind: "applied" });
        expect(await applier.apply("text", gateway(), never)).toEqual({ kind: "unchanged" });
        expect([ran, onVolume(), existsSync(join(shared, `next-${hash("text")}.conf`))]).toEqual([[test("text"), reload], "text", false]);
        expect(statSync(join(shared, "nginx.conf")).mode & 0o777).toBe(0o600);
    });

    it("keeps the old one when nginx refuses the new one, and asks again after a while only", async () => {
        let now = 0;
        const applier = new Applier(shared, () => now);
        await applier.apply("old", gateway(), never);
        statuses.test = 1;
        expect(await applier.apply("bad", gateway(), never)).toEqual({ kind: "refused", why: "its words" });
        expect(await applier.apply("bad", gateway(), never)).toEqual({ kind: "refused", why: "its words" });
        expect([ran, onVolume()]).toEqual([[test("old"), reload, test("bad")], "old"]);
        now += 30_000;
        statuses.test = 0;
        expect(await applier.apply("bad", gateway(), never)).toEqual({ kind: "applied" });
    });

    it("starts over with another container", async () => {
        const applier = new Applier(shared);
        await applier.apply("text", gateway(), never);
        expect(await applier.apply("text", gateway("two"), never)).toEqual({ kind: "applied" });
    });

    it("comes back after a bootstrap configuration took its place", async () => {
        const applier = new Applier(shared);
        await applier.apply("text", gateway(), never);
        writeFileSync(join(shared, "nginx.conf"), "bootstrap");
        expect(await applier.apply("text", gateway(), never)).toEqual({ kind: "applied" });
        expect(onVolume()).toBe("text");
    });

    it("tries again when the reload failed", async () => {
        const applier = new Applier(shared);
        statuses.reload = 1;
        await expect(applier.apply("text", gateway(), never)).rejects.toThrow("nginx did not reload: its words");
        statuses.reload = 0;
        expect(await applier.apply("text", gateway(), never)).toEqual({ kind: "applied" });
    });

    it("swaps in the text that was tested, one attempt after the other", async () => {
        const applier = new Applier(shared);
        let release = () => {};
        held.test = new Promise((resolve) => (release = resolve));
        const first = applier.apply("first", gateway(), never);
        const second = applier.apply("second", gateway(), never);
        await until(() => ran.length === 1, "the first test");
        await setTimeout(20);
        expect(ran).toEqual([test("first")]);
        release();
        expect([await first, await second, onVolume()]).toEqual([{ kind: "applied" }, { kind: "applied" }, "second"]);
        expect(ran).toEqual([test("first"), reload, test("second"), reload]);
    });

    it("swaps in its own text beside another pilot's", async () => {
        const [one, other] = [new Applier(shared), new Applier(shared)];
        let release = () => {};
        held.test = new Promise((resolve) => (release = resolve));
        const both = Promise.allSettled([one.apply("one", gateway(), never), other.apply("other", gateway(), never)]);
        await until(() => ran.length === 2, "both tests");
        release();
        await both;
        expect(["one", "other"]).toContain(onVolume());
        expect(ran.slice(0, 2).sort()).toEqual([test("one"), test("other")].sort());
    });

    it.each(["test", "reload"])("does nothing more when it was canceled during the %s, and lets the next attempt pass", async (step) => {
        const applier = new Applier(shared);
        await applier.apply("old", gateway(), never);
        const canceled = new AbortController();
        let release = () => {};
        held[step] = new Promise((resolve) => (release = resolve));
        const late = applier.apply("late", gateway(), canceled.signal);
        await until(() => ran.length === (step === "test" ? 3 : 4), step);
        canceled.abort(new Error("too late"));
        release();
        await expect(late).rejects.toThrow("too late");
        expect(onVolume()).toBe(step === "test" ? "old" : "late");
        expect(await applier.apply("new", gateway(), never)).toEqual({ kind: "applied" });
        expect(onVolume()).toBe("new");
    });

    it("leaves nothing behind of attempts that were refused or killed", async () => {
        writeFileSync(join(shared, "next.conf"), "half");
        writeFileSync(join(shared, "next-0123456789abcdef.conf"), "half");
        await new Applier(shared).apply("text", gateway(), never);
        expect(readdirSync(shared)).toEqual(["nginx.conf"]);
    });
});

import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { Applier } from "./apply";

let shared: string;
let ran: string[];
let statuses: Record<string, number>;
beforeEach(() => {
    shared = scratch();
    ran = [];
    statuses = {};
});

const gateway = (id = "one") => ({
    id,
    run: async (...command: string[]) => {
        ran.push(command.join(" "));
        return { status: statuses[command[1] === "-t" ? "test" : "reload"] ?? 0, output: "its words" };
    },
});
const test = "nginx -t -q -c /etc/gateway/next.conf";
const reload = "nginx -c /etc/gateway/nginx.conf -s reload";
const onVolume = () => readFileSync(join(shared, "nginx.conf"), "utf8");

describe("applying a configuration", () => {
    it("tests, swaps and reloads, once", async () => {
        const applier = new Applier(shared);
        expect(await applier.apply("text", gateway())).toEqual({ kind: "applied" });
        expect(await applier.apply("text", gateway())).toEqual({ kind: "unchanged" });
        expect([ran, onVolume(), existsSync(join(shared, "next.conf"))]).toEqual([[test, reload], "text", false]);
        expect(statSync(join(shared, "nginx.conf")).mode & 0o777).toBe(0o600);
    });

    it("keeps the old one when nginx refuses the new one, and asks again after a while only", async () => {
        let now = 0;
        const applier = new Applier(shared, () => now);
        await applier.apply("old", gateway());
        statuses.test = 1;
        expect(await applier.apply("bad", gateway())).toEqual({ kind: "refused", why: "its words" });
        expect(await applier.apply("bad", gateway())).toEqual({ kind: "refused", why: "its words" });
        expect([ran, onVolume()]).toEqual([[test, reload, test], "old"]);
        now += 30_000;
        statuses.test = 0;
        expect(await applier.apply("bad", gateway())).toEqual({ kind: "applied" });
    });

    it("starts over with another container", async () => {
        const applier = new Applier(shared);
        await applier.apply("text", gateway());
        expect(await applier.apply("text", gateway("two"))).toEqual({ kind: "applied" });
    });

    it("comes back after a bootstrap configuration took its place", async () => {
        const applier = new Applier(shared);
        await applier.apply("text", gateway());
        writeFileSync(join(shared, "nginx.conf"), "bootstrap");
        expect(await applier.apply("text", gateway())).toEqual({ kind: "applied" });
        expect(onVolume()).toBe("text");
    });

    it("tries again when the reload failed", async () => {
        const applier = new Applier(shared);
        statuses.reload = 1;
        await expect(applier.apply("text", gateway())).rejects.toThrow("nginx did not reload: its words");
        statuses.reload = 0;
        expect(await applier.apply("text", gateway())).toEqual({ kind: "applied" });
    });
});

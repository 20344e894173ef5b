import { afterEach, describe, expect, it, vi } from "vitest";
import { firstVisitor } from "../../pilot/gateway/first-visitor";
import type { Step } from "../progress";
import type { Way } from "../region/way";
import { toldOf } from "./fixture";
import { livesAs, setback, untilLive } from "./live";

describe("a version lives at an address", () => {
    const health = { status: "healthy", region: "US", version: "1.4.0" };
    it.each([
        ["when it answers there", health, true],
        ["also while it is not well", { ...health, status: "unhealthy" }, true],
        ["not when another does", { ...health, version: "1.5.0" }, "1.5.0 answers"],
        ["not when it is of another region", { ...health, region: "CN" }, "it is answered by CN"],
        ["not when it does not say", { status: "healthy", region: "US" }, "a version that does not say which answers"],
        ["not when nothing answers", "curl: (7) refused", "curl: (7) refused"],
    ])("%s", (_, answer, told) => expect(livesAs("1.4.0", "us", answer)).toBe(told));

    it("is set back when its release is", () => {
        expect([setback([]), setback([toldOf("began")]), setback([toldOf("gone back: no instance", { phase: "back" })])]).toEqual([undefined, undefined, "gone back: no instance"]);
    });
});

describe("waiting for it on real clouds", () => {
    afterEach(() => vi.unstubAllGlobals());
    const way: Way = { region: "us", real: true, address: "198.51.100.4", identity: "", knownHosts: "" };
    const notes: string[] = [];
    const step = { note: (text: string) => void notes.push(text) } as Step;

    /** An address that is answered by these versions one after the other, and then by the last. */
    function answeredBy(...versions: string[]) {
        const asked: unknown[] = [];
        vi.stubGlobal("fetch", async (url: string, { headers }: RequestInit) => {
            asked.push([url, headers]);
            return new Response(JSON.stringify({ status: "healthy", region: "US", version: versions.length > 1 ? versions.shift() : versions[0] }));
        });
        return asked;
    }

    it("asks as the visitor who would get another one first, until it answers twice on end", async () => {
        const asked = answeredBy("1.5.0", "1.4.0", "1.5.0", "1.4.0", "1.4.0", "1.3.0");
        await untilLive(way, "us.yourapp.com", "1.4.0", step);
        expect([asked.length, asked[0], notes]).toEqual([5, ["https://us.yourapp.com/api/health", { "x-antipode-visitor": firstVisitor }], ["1.5.0 answers", "1.5.0 answers"]]);
    });

    it("ends when the rollback has gone back itself", async () => {
        answeredBy("1.5.0");
        const ask = async () => [toldOf("gone back: 3 instances ended before they were healthy", { phase: "back" })];
        await expect(untilLive(way, "us.yourapp.com", "1.4.0", step, { id: "x", ask })).rejects.toMatchObject({
            code: "ROLLBACK_FAILED", message: "The rollback of us to 1.4.0 did not hold: gone back: 3 instances ended before they were healthy", remedy: expect.stringContaining("npx antipode logs us --real --version 1.4.0"),
        });
    });
});

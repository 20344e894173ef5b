import { describe, expect, it } from "vitest";
import { verdict, type Look } from "./soak-verdict";

const MIB = 2 ** 20;
const latency = { p50: 20, p90: 40, p95: 40, p99: 61, max: 90 };
const look = (minute: number, mib: number): Look => ({
    minute,
    resting: mib * MIB,
    working: (mib + 50) * MIB,
    idle: { open: 10, lost: 0, refused: 0, complaint: "" },
    running: { open: 3, done: minute * 4, lost: 0, refused: 0, misordered: 0, tokens: minute * 100, latency, complaint: "" },
});
const looks = (...mib: number[]) => mib.map((size, minute) => look(minute, size));
const expected = { idle: 10 };

describe("a soak", () => {
    it("is well when every stream is there and memory stays", () => {
        expect(verdict(looks(400, 405, 398, 402, 407, 401), expected)).toEqual({
            well: true,
            lines: [
                "5 minutes: 10 idle streams are open, 20 answers came whole beside them (500 tokens, 99 % of a minute's within 61 ms)",
                "memory after a collection: 400 405 398 402 407 401 MiB, minute by minute; before it at most 457 MiB",
                "✔ no stream was lost, and memory did not grow (0.4 %)",
            ],
        });
    });

    it("sees growth that is small in a minute", () => {
        const { well, lines } = verdict(looks(400, 405, 410, 415, 420, 425), expected);
        expect([well, lines.at(-1)]).toEqual([false, "✘ memory grew by 5.0 %"]);
    });

    it("sees streams that are gone, and why", () => {
        const bad = looks(400, 400, 400);
        Object.assign(bad[2]!.idle, { open: 8, lost: 1, refused: 1, complaint: "status 503" });
        Object.assign(bad[2]!.running, { lost: 1, misordered: 2 });
        expect(verdict(bad, expected).lines.slice(2)).toEqual(["✘ 3 streams were lost: status 503", "✘ 2 tokens came in a wrong order, or twice"]);
    });
});

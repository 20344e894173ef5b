import { describe, expect, it } from "vitest";
import { borderTable } from "./border";
import { coreTable } from "./core";
import { memoryTable, holders } from "./memory";
import { relayTable } from "./relay";

const relayed = (cpuMicros: number, kept = 1) => ({ cpuMicros, p50: 12.34, p99: 41, idleP50: 0.251, idleP95: 0.9, kept });
const last = (text: string, rows: number) => text.split("\n").slice(-rows);

describe("the tables of a measurement", () => {
    it("compare a token's cost with Go in the same round, and say who fell behind", () => {
        const rounds = [{ app: relayed(45), go: relayed(30), ai: relayed(600, 0.7) }, { app: relayed(64), go: relayed(40), ai: relayed(800, 0.8) }];
        const names = [{ key: "app", name: "**the app**" }, { key: "go", name: "Go" }, { key: "ai", name: "ai" }];
        expect(last(relayTable(rounds, names), 3)).toEqual([
            "| **the app** | 54.5 (45.0–64.0) | 1.55 (1.50–1.60) | 12.3 / 41.0 | 0.25 / 0.90 | ≤ 1.2, missed | ≤ 5 |",
            "| Go | 35.0 (30.0–40.0) | 1.00 | 12.3 / 41.0 | 0.25 / 0.90 |  |  |",
            "| ai, fell behind: 75 % of the tokens came | 700 (600–800) | 20.0 | 12.3 / 41.0 | 0.25 / 0.90 |  |  |",
        ]);
    });

    it("compare a stream's memory with its own kind of peer", () => {
        const round = { ...Object.fromEntries(holders.map(({ key }) => [key, 10_240])), reader: 5_120, turn: 20_480 };
        expect(memoryTable([round]).split("\n").filter((row) => row.includes("the app"))).toEqual([
            "| **the app**: a connection that waits for events | 5.00 | 0.50 | ≤ 1 |",
            "| **the app**: a turn that waits for its model | 20.0 | 2.00 | ≤ 1, missed |",
        ]);
    });

    it("say where no end was found", () => {
        const names = ["a", "b", "c", "not measured"].map((key) => ({ key, name: key }));
        expect(last(coreTable({ a: { streams: 400, is: "found" }, b: { streams: 900, is: "more" }, c: { streams: 50, is: "fewer" } }, 30, names), 3)).toEqual(["| a | 400 |", "| b | > 900 |", "| c | < 50 |"]);
    });

    it("set an aim where there is one", () => {
        const rows = borderTable([{ what: "warm", trips: 0.031, aim: 0.1 }, { what: "cold", trips: 1.3, aim: 1.1 }, { what: "naive", trips: 5.09 }]);
        expect(last(rows, 3)).toEqual(["| warm | 0.03 | ≤ 0.1 |", "| cold | 1.30 | ≤ 1.1, missed |", "| naive | 5.09 |  |"]);
    });
});

import { describe, expect, it } from "vitest";
import { section, withSection } from "./page";

const size = { cpus: 2, model: "some CPU", memoryGiB: 8, system: "Linux 6.1", node: "20.20.0" };

describe("the page of measurements", () => {
    it("tells time, aim and machine", () => {
        const text = section("up", [{ what: "cold", ms: 70_000, aimMs: 60_000 }, { what: "preview", ms: 3000, aimMs: 5000 }, { what: "x", ms: 5 }], size, "2026-01-02");
        expect(text.split("\n").slice(-3)).toEqual(["| cold | 1 min 10 s | ≤ 1 min 00 s, missed |", "| preview | 3.0 s | ≤ 5.0 s |", "| x | 5 ms |  |"]);
        expect(text).toContain("2 CPUs (some CPU), 8 GiB of memory, Linux 6.1, Node 20.20.0");
    });

    it("gets a section once and keeps what people wrote", () => {
        const first = withSection("# Performance\n\nWords.\n", "up", "a");
        expect(first).toBe("# Performance\n\nWords.\n\n<!-- bench up -->\na\n<!-- /bench up -->\n");
        expect(withSection(`${first}\nMore.\n`, "up", "b")).toBe("# Performance\n\nWords.\n\n<!-- bench up -->\nb\n<!-- /bench up -->\n\nMore.\n");
        expect(withSection("", "up", "a")).toMatch(/^# Performance\n/);
    });
});

import { describe, expect, it } from "vitest";
import { Progress } from "./progress";

function shown(isTTY: boolean, columns?: number) {
    const written: string[] = [];
    let clock = 0;
    const progress = new Progress({ write: (text) => written.push(text), isTTY, columns }, () => clock);
    return { written, progress, wait: (ms: number) => (clock += ms) };
}

describe("progress", () => {
    it("gives a log one line at the beginning and one at the end", async () => {
        const { written, progress, wait } = shown(false);
        await progress.during("engine", async (step) => {
            step.note("compiling");
            wait(2500);
        }, () => "built");
        expect(written).toEqual(["• engine …\n", "✔ engine: built  (2.5 s)\n"]);
    });

    it("redraws one line on a terminal and never writes beyond its width", () => {
        const { written, progress } = shown(true, 20);
        progress.step("engine").note("a very long note indeed");
        expect(written).toEqual(["\r\x1b[K• engine  (0 ms)", "\r\x1b[K• engine: a very l…"]);
    });

    it("marks a step that throws and lets the error through", async () => {
        const { written, progress } = shown(false);
        await expect(progress.during("engine", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
        expect(written.at(-1)).toBe("✘ engine  (0 ms)\n");
    });
});

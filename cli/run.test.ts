import { describe, expect, it } from "vitest";
import { run } from "./run";

const node = (script: string, options = {}) => run(process.execPath, ["-e", script], options);

describe("run", () => {
    it("gives exit status and both outputs", async () => {
        expect(await node("console.log('a\\nb'); console.error('c'); process.exitCode = 3")).toEqual({ code: 3, stdout: "a\nb", stderr: "c" });
    });

    it("shows lines as they come", async () => {
        const lines: string[] = [];
        await node("console.log('a'); console.log('b')", { onLine: (line: string) => lines.push(line) });
        expect(lines).toEqual(["a", "b"]);
    });

    it("writes the input", async () => {
        expect((await node("process.stdin.pipe(process.stdout)", { input: "secret" })).stdout).toBe("secret");
    });

    it("rejects for a program that is not there", async () => {
        await expect(run("/nonexistent/program", [])).rejects.toThrow("ENOENT");
    });
});

import { expect, it } from "vitest";
import { run } from "./run";

const node = (script: string, options = {}) => run(process.execPath, ["-e", script], options);

it("gives the exit status and both outputs to the letter", async () => {
    expect(await node("process.stdout.write('a\\n\\n'); console.error('b'); process.exitCode = 3")).toEqual({ code: 3, stdout: "a\n\n", stderr: "b\n" });
});

it("shows whole lines, however they were cut on the way", async () => {
    const lines: string[] = [];
    const { stdout } = await node("process.stdout.write('on'); setTimeout(() => process.stdout.write('e\\ntwo'), 20)", { onLine: (line: string) => lines.push(line) });
    expect([lines, stdout]).toEqual([["one", "two"], "one\ntwo"]);
});

it("bears a program that does not read its input", async () => {
    expect(await node("process.exit(0)", { input: "x".repeat(1 << 20) })).toEqual({ code: 0, stdout: "", stderr: "" });
});

it("gives 1 for a program that a signal ended", async () => expect((await node("process.kill(process.pid, 'SIGKILL')")).code).toBe(1));
it("rejects for a program that is not there", async () => expect(run("/nonexistent/program", [])).rejects.toThrow("ENOENT"));

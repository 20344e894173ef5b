import { expect, it } from "vitest";
import { run } from "./run";

it("resolves to what a command printed", async () => expect(await run("cat", [], { input: "table ip x\n" })).toBe("table ip x\n"));

it("rejects with the status and the last words of one that failed", async () => {
    const failing = run("sh", ["-c", "seq 1 9 >&2; exit 4"]);
    await expect(failing).rejects.toMatchObject({ status: 4, stderr: "1\n2\n3\n4\n5\n6\n7\n8\n9\n", message: "sh -c seq 1 9 >&2; exit 4 ended with 4: 5\n6\n7\n8\n9" });
});

it("takes what was printed for the last words where nothing else was said", async () => {
    await expect(run("sh", ["-c", "echo busy; exit 1"])).rejects.toMatchObject({ stderr: "busy\n" });
});

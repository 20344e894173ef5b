import { createServer, type RequestListener, type Server } from "node:http";
import { join } from "node:path";
import Docker from "dockerode";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { lastLines, readLog } from "./last-lines";
import type { SwarmTask } from "./versions";

const task = (State: string, Timestamp: string, Err?: string): SwarmTask => ({ ID: Timestamp, ServiceID: "a", DesiredState: "shutdown", Status: { State, Timestamp, Err } });

describe("the last lines of a version", () => {
    it.each<[string, string, SwarmTask[], string[]]>([
        ["what it wrote", "t1 one\nt2 two  ", [], ["one", "two"]],
        ["what it wrote, and how it ended", "t1 one", [task("failed", "t2", "task: non-zero exit (3)"), task("failed", "t1", "task: non-zero exit (3)"), task("running", "t3")], ["one", "task: non-zero exit (3)"]],
        ["why it never began", "", [task("rejected", "t2", "No such image: app:1"), task("rejected", "t1", "no route to host"), task("rejected", "t3", "No such image: app:1")], ["no route to host", "No such image: app:1"]],
        ["nothing", "", [], []],
        ["no colours, bells or tabs", "t1 \x1b[31mred\x1b[0m\x07\tand\x00 \x1b]0;title\r", [], ["red and ]0;title"]],
        ["no line without a word", "t1 \nt2  \nt3 \x1b[0m", [], []],
        ["the beginning of a long line", `t1 ${"x".repeat(401)}`, [], [`${"x".repeat(400)}…`]],
        ["the last twenty", Array.from({ length: 30 }, (_, n) => `t${n} ${n}`).join("\n"), [task("failed", "t", "end")], [...Array.from({ length: 19 }, (_, n) => String(n + 11)), "end"]],
    ])("are %s", (_, log, tasks, expected) => {
        expect(lastLines(log, tasks)).toEqual(expected);
    });
});

describe("a service's log", () => {
    let server: Server;
    let docker: Docker;
    let answer: RequestListener;
    let asked: string[];
    beforeEach(async () => {
        asked = [];
        const socketPath = join(scratch(), "docker.sock");
        server = createServer((request, response) => (asked.push(request.url!), answer(request, response)));
        await new Promise<void>((resolve) => server.listen(socketPath, resolve));
        docker = new Docker({ socketPath, version: "v1.41" });
    });
    afterEach(() => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())));

    const frame = (stream: number, text: string) => {
        const header = Buffer.alloc(8);
        header[0] = stream;
        header.writeUInt32BE(Buffer.byteLength(text), 4);
        return Buffer.concat([header, Buffer.from(text)]);
    };

    it("is that of all its tasks in the order of time, both streams", async () => {
        answer = (_, response) => void response.end(Buffer.concat([
            frame(1, "2026-11-27T17:51:38.504050455Z 出 one\n"), frame(2, "2026-11-27T17:51:38.525464169Z err one\n"), frame(1, "2026-11-27T17:51:35.739620043Z out zero\n"), frame(2, "2026-11-27T17:51:35.750695400Z err zero\n"),
        ]));
        expect(lastLines(await readLog(docker, "abc"), [])).toEqual(["out zero", "err zero", "出 one", "err one"]);
        expect(asked).toEqual(["/v1.41/services/abc/logs?stdout=true&stderr=true&timestamps=true&tail=20"]);
    });

    it("is empty where no task ever began", async () => {
        answer = (_, response) => void response.end();
        expect(await readLog(docker, "abc")).toBe("");
    });

    it.each<[string, RequestListener]>([
        ["gives nothing of", () => undefined],
        ["stops in the middle of", (_, response) => void response.write(frame(1, "2026-11-27T17:51:38.504050455Z one\n"))],
    ])("that Docker %s is an error, in time", async (_, silence) => {
        answer = silence;
        await expect(readLog(docker, "abc", 200)).rejects.toThrow(/abort/);
    });

    it("that Docker does not have is an error", async () => {
        answer = (_, response) => void response.writeHead(404).end('{"message":"service abc not found"}');
        await expect(readLog(docker, "abc")).rejects.toThrow("(HTTP code 404) no such service - service abc not found");
    });
});

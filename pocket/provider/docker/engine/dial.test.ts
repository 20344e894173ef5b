import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../../../../testing/scratch";
import { until } from "../wait";
import { SshAgent } from "./dial";
import { Engines } from "./engines";

/**
 * An `ssh` that is a Docker engine: speaks HTTP on its standard input and output, and writes down its process id and
 * arguments. With REFUSE in its host's name it behaves like an ssh that cannot connect.
 */
const FAKE = `#!${process.execPath}
const fs = require("node:fs"), http = require("node:http"), { Duplex } = require("node:stream");
fs.appendFileSync(__dirname + "/calls", JSON.stringify({ pid: process.pid, args: process.argv.slice(2) }) + "\\n");
if (process.argv.includes("refuse.test")) {
    process.stderr.write("ssh: connect to host refuse.test port 22: Connection refused\\n");
    process.exit(255);
}
let count = 0;
const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => setTimeout(() => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ pid: process.pid, count: ++count, method: request.method, url: request.url, body }));
    }, request.url.includes("slow") ? 50 : 0));
});
const socket = Duplex.from({ readable: process.stdin, writable: process.stdout });
socket.setTimeout = socket.setNoDelay = socket.setKeepAlive = socket.ref = socket.unref = () => socket;
process.stdin.on("end", () => process.exit(0));
server.emit("connection", socket);
`;

interface Answer { pid: number; count: number; method: string; url: string; body: string }

let bin: string;
let path: string | undefined;
let engines: Engines;

beforeEach(() => {
    bin = scratch();
    writeFileSync(join(bin, "ssh"), FAKE);
    chmodSync(join(bin, "ssh"), 0o755);
    path = process.env.PATH;
    process.env.PATH = `${bin}${delimiter}${path}`;
    engines = new Engines();
});

afterEach(async () => {
    await engines.close();
    process.env.PATH = path;
});

const calls = (): { pid: number; args: string[] }[] => readFileSync(join(bin, "calls"), "utf8").trim().split("\n").map((line) => JSON.parse(line));

/** True also for a zombie: one that has ended is not gone before this process has taken note of it, and its connection with it. */
function alive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        return false;
    }
}

describe("an engine over ssh", () => {
    const config = { host: "ssh://ubuntu@198.51.100.7:2222", sshOpts: ["-i", "/keys/id"] };

    it("is asked over one connection that stays", async () => {
        await engines.ping(config);
        const engine = engines.of(config);
        const first = await engine.get<Answer>("/services", { query: { filters: "{}" } });
        const second = await engine.post<Answer>("/secrets/create", { body: { Data: "aHVzaA==" }, query: { a: 1 } });
        expect(first).toMatchObject({ count: 2, method: "GET", url: "/v1.41/services?filters=%7B%7D", body: "" });
        expect(second).toMatchObject({ count: 3, method: "POST", url: "/v1.41/secrets/create?a=1", body: '{"Data":"aHVzaA=="}', pid: first.pid });
        expect(calls().map((call) => call.args)).toEqual([
            ["-o", "ConnectTimeout=30", "-T", "-i", "/keys/id", "-l", "ubuntu", "-p", "2222", "--", "198.51.100.7", "docker", "system", "dial-stdio"],
        ]);
    });

    it("opens three connections at most, and closing ends them all", async () => {
        const engine = engines.of(config);
        const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => engine.get<Answer>(`/slow/${i}`)));
        const pids = [...new Set(answers.map((answer) => answer.pid))];
        expect(pids).toHaveLength(3);
        expect(pids.every(alive)).toBe(true);
        await engines.close();
        expect(pids.filter(alive)).toEqual([]);
    });

    it("lets a connection go that nobody uses", async () => {
        const agent = new SshAgent([join(bin, "ssh"), "idle.test"], 50);
        const http = await import("node:http");
        await new Promise<void>((resolve, reject) => {
            http.get({ agent, host: "docker", path: "/_ping" }, (response) => response.resume().on("end", resolve)).on("error", reject);
        });
        const [{ pid } = { pid: 0 }] = calls();
        expect(await until(async () => !alive(pid) || undefined, 5_000)).toBe(true);
        await agent.close();
    });

    it("connects anew after the far end went away", async () => {
        const engine = engines.of(config);
        const { pid } = await engine.get<Answer>("/first");
        process.kill(pid, "SIGKILL");
        await until(async () => !alive(pid) || undefined, 5_000);
        expect((await engine.get<Answer>("/second")).pid).not.toBe(pid);
    });

    it("that cannot be reached is told in ssh's words", async () => {
        await expect(engines.ping({ host: "ssh://root@refuse.test" })).rejects.toThrow(
            "Error pinging Docker server: error during connect: command [ssh -o ConnectTimeout=30 -T -l root -- refuse.test docker system dial-stdio] "
            + "has exited with exit status 255, please make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: "
            + "stderr=ssh: connect to host refuse.test port 22: Connection refused");
    });

    it("is told apart from one with other options, and refused when its address is none", () => {
        expect(engines.of(config)).toBe(engines.of({ ...config }));
        expect(engines.of(config)).not.toBe(engines.of({ ...config, sshOpts: [] }));
        expect(() => engines.of({ host: "198.51.100.7" })).toThrow("Error initializing Docker client: unable to parse docker host `198.51.100.7`");
    });
});

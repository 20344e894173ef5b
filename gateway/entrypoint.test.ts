import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, get, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cutOf } from "../pilot/figures/gateway-log";
import { freePorts, until } from "../pilot/test/until";
import { scratch } from "../testing/scratch";

const filter = join(__dirname, "queries.sed");
const sed = (text: string) => spawnSync("sed", ["-u", "-E", "-f", filter], { input: text, env: { ...process.env, LC_ALL: "C" } }).stdout.toString();
const beginning = "2026/11/27 12:00:00 [error] 7#7: *1 upstream prematurely closed connection while reading upstream, client: 203.0.113.9, server: us.yourapp.com, ";

describe("what nginx says of a request", () => {
    it.each([
        ["a link", 'request: "GET /?antipode_test=5e5e HTTP/2.0", upstream: "http://10.0.1.5:80/?antipode_test=5e5e", host: "us.yourapp.com"', 'request: "GET / HTTP/2.0", upstream: "http://10.0.1.5:80/", host: "us.yourapp.com"'],
        ["a query with quotes and commas", 'request: "GET /a?b="c",&d?e HTTP/1.1", upstream: "http://10.0.1.5:80/a?b="c",&d?e", host: "x"', 'request: "GET /a HTTP/1.1", upstream: "http://10.0.1.5:80/a", host: "x"'],
        ["a query that is no UTF-8", 'request: "GET /a?b=\xff HTTP/1.1", host: "x"', 'request: "GET /a HTTP/1.1", host: "x"'],
        ["the page that it came from", 'request: "GET /main.js HTTP/1.1", host: "x", referrer: "https://x/?antipode_test=5e5e"', 'request: "GET /main.js HTTP/1.1", host: "x", referrer: "https://x/"'],
        ["no query", 'request: "POST /api/chat HTTP/1.1", host: "x"', 'request: "POST /api/chat HTTP/1.1", host: "x"'],
    ])("is without its query: %s", (_, said, shown) => expect(sed(`${beginning}${said}\n`)).toBe(`${beginning}${shown}\n`));
});

const nginx = ["nginx", "/usr/sbin/nginx"].find((path) => spawnSync(path, ["-v"]).status === 0);

describe.skipIf(nginx === undefined)("the entry point's nginx", () => {
    let gateway: ChildProcess;
    let app: Server;
    let said = "";
    let conf: string;
    let port: number, nobody: number;

    beforeAll(async () => {
        // Breaks off in the middle.
        app = createServer((_, response) => void response.writeHead(200, { "content-length": 100 }).write("so far", () => response.socket!.end()));
        await once(app.listen(0, "127.0.0.1"), "listening");
        [port, nobody] = (await freePorts(2)) as [number, number];
        const folder = scratch();
        chmodSync(folder, 0o755);
        conf = join(folder, "nginx.conf");
        writeFileSync(conf, `pid ${folder}/nginx.pid; error_log /dev/stderr warn; events {} http { access_log off; proxy_temp_path ${folder}; client_body_temp_path ${folder};
            server { listen 127.0.0.1:${port}; location /cut { proxy_pass http://127.0.0.1:${(app.address() as AddressInfo).port}; } location / { proxy_pass http://127.0.0.1:${nobody}; } } }`);
        // The very words of the entry point, with the files that are elsewhere here.
        const words = readFileSync(join(__dirname, "entrypoint.sh"), "utf8").split("\n").find((line) => line.startsWith("exec nginx"))!;
        const here = words.replace("/usr/local/share/gateway/queries.sed", filter).replace("exec nginx", `exec ${nginx}`);
        gateway = spawn("bash", ["-c", here], { env: { ...process.env, conf }, stdio: ["ignore", "ignore", "pipe"] });
        gateway.stderr!.on("data", (piece: Buffer) => (said += piece.toString()));
        await until(() => new Promise<boolean>((resolve) => {
            const socket = connect(port, "127.0.0.1", () => resolve(socket.destroy() && true)).on("error", () => resolve(false));
        }), "nginx listens");
    });
    afterAll(async () => {
        gateway.kill("SIGQUIT");
        await once(gateway, "exit");
        app.close();
    });

    // On a connection of its own: a reload closes one that was kept, and what is asked on it is in no log.
    const ask = (path: string) => new Promise<void>((resolve) => {
        get({ host: "127.0.0.1", port, path: `${path}?antipode_test=5e5e`, headers: { referer: "http://x/?antipode_test=5e5e" }, agent: false }, (answer) => answer.resume().on("close", resolve).on("error", () => undefined)).on("error", () => resolve());
    });
    const lines = (about: string) => said.split("\n").filter((line) => line.includes(about));

    it("tells of what failed, and of no query, through reloads as well", async () => {
        for (let times = 1; times <= 3; times += 1) {
            await ask("/dead");
            await ask("/cut");
            await until(() => lines('"GET /dead HTTP/1.1"').length === times && lines('"GET /cut HTTP/1.1"').length === times, "both lines");
            const workers = () => readFileSync(`/proc/${gateway.pid}/task/${gateway.pid}/children`, "utf8").trim().split(" ");
            const before = workers();
            expect(spawnSync(nginx!, ["-c", conf, "-s", "reload"]).status).toBe(0);
            await until(() => workers().some((worker) => !before.includes(worker)) && workers().length === before.length, "new workers");
        }
        expect(said).not.toMatch(/antipode_test|5e5e/);
        // What the pilot reads there is whole.
        expect(said.split("\n").flatMap((line) => cutOf(line) ?? [])).toHaveLength(3);
        expect(existsSync(`/proc/${gateway.pid}`)).toBe(true);
    });
});

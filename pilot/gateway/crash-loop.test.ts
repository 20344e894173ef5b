import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Backend } from "../test/backend";
import { freePorts, until } from "../test/until";
import { Nginx, nginx } from "../test/nginx";
import { pauseFor, urgencyOf, type Wanted } from "./pace";
import { processList, workersIn } from "./workers";

const STREAMS = 200;
/** Of the crash loop, each of them five: an instance is there for two and gone for three. */
const SECONDS = 1_200;

let gateway: Nginx;
let well: Backend;
const open: IncomingMessage[] = [];
beforeAll(async () => {
    if (!nginx) return;
    gateway = await Nginx.make();
    well = await new Backend("well", (_, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n")).start();
});
afterAll(async () => {
    for (const stream of open) stream.destroy();
    await gateway?.stop();
    await well?.stop();
});

/** The configuration of an instance that is well and, while it is there, of one that crashes again and again. */
const config = (others: string[]) => `pid ${gateway.layout.run}/nginx.pid; worker_processes 2; worker_shutdown_timeout 3660s; error_log ${gateway.layout.errorLog} warn;
    events { worker_connections 4096; } http { access_log off; proxy_temp_path ${gateway.folder}; client_body_temp_path ${gateway.folder}; proxy_buffering off;
    upstream app { server ${[well.address, ...others].map((address) => `${address} max_fails=3 fail_timeout=5s`).join("; server ")}; }
    server { listen 127.0.0.1:${gateway.layout.httpPort}; location / { proxy_pass http://app; proxy_connect_timeout 1s; proxy_next_upstream error timeout; } } }`;

const stream = () => new Promise<void>((resolve, reject) => {
    get({ host: "127.0.0.1", port: gateway.layout.httpPort, agent: false }, (answer) => answer.once("data", () => (open.push(answer), resolve())).on("error", () => undefined)).on("error", reject);
});

const workers = () => {
    const own = new Set(gateway.workers());
    const { serving, lingering } = workersIn(execFileSync("sh", ["-c", processList]).toString());
    return { serving: serving.filter((id) => own.has(String(id))), lingering: lingering.filter((id) => own.has(String(id))) };
};
/** What processes have of the memory for themselves, and their part of what they share, in MiB. */
const memory = (ids: number[]) => ids.reduce((sum, id) => sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))![1]), 0) / 1024;

it.skipIf(!nginx)("a crash loop beside a healthy instance leaves few workers behind, and cuts none of 200 streams", async () => {
    let [second, reloadedAt, reloads] = [0, 0, 0];
    const [dead] = (await freePorts(1)) as [number];
    const wantedAt = (at: number): Wanted => ({
        orders: "1.0.0",
        state: { region: "us", sites: [], peers: [], maxStreamSeconds: 3600, app: { version: "1.0.0", addresses: [well.address, ...(at % 5 < 2 ? [`127.0.0.1:${dead}`] : [])] } },
    });
    const apply = (wanted: Wanted) => gateway.serveText(config(wanted.state.app!.addresses.slice(1)));
    let running = wantedAt(0);
    await apply(running);
    let counted = workers();
    for (; second < SECONDS; second += 1) {
        // The streams come evenly, so that each generation of workers has some.
        if (open.length < (second / SECONDS) * STREAMS) await stream();
        const wanted = wantedAt(second);
        if (JSON.stringify(wanted) === JSON.stringify(running)) continue;
        if (second - reloadedAt < pauseFor(urgencyOf(running, wanted), counted)) continue;
        await apply(wanted);
        [running, reloadedAt, reloads, counted] = [wanted, second, reloads + 1, workers()];
    }
    await until(() => open.length >= STREAMS - 1, "all streams");
    const { serving, lingering } = workers();
    const all = memory([...serving, ...lingering]);
    expect(lingering.length).toBeLessThanOrEqual(36);
    expect(reloads).toBeLessThanOrEqual(20);
    expect(all).toBeLessThan(200);
    expect(open.filter(({ destroyed, complete }) => destroyed || complete)).toEqual([]);
}, 120_000);

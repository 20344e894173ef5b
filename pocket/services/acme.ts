import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Fault } from "../../errors/fault";
import type { Authority } from "../ca/index";
import { Process } from "../process";

export interface PebbleOptions {
    ca: Authority;
    /** Where its configuration, key, log and the roots that it has had are kept. */
    folder: string;
    /** Local ports for ACME and for its own management. */
    port: number;
    managementPort: number;
    /** The name server that it validates names through, `address:port`. */
    dnsServer: string;
    /** Where it looks for challenges; 80 and 443 in the pocket's world. */
    httpPort?: number;
    tlsPort?: number;
    command?: string;
    /** How long it may take to answer, milliseconds. */
    timeoutMs?: number;
}

export interface Pebble {
    /** PEM of the root that signs from now on; it is a new one at each start. */
    root: string;
    /** The file with every root that this folder's pebble ever had, PEM after PEM. */
    rootsFile: string;
    stop(): Promise<void>;
}

/**
 * Starts Debian's `pebble`, Let's Encrypt's small ACME server for tests, unless it runs already, and waits until it
 * answers. It outlives this process, because a new one has a new root.
 * @throws Fault ACME_NOT_STARTED
 */
export async function startPebble(options: PebbleOptions): Promise<Pebble> {
    const { folder, managementPort, timeoutMs = 15_000 } = options;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const pebble = await prepare(options);
    pebble.start();
    for (const deadline = performance.now() + timeoutMs; ; await wait(50)) {
        const root = await get(managementPort, "/roots/0", options.ca.root).catch(() => undefined);
        if (root) return { root, rootsFile: remember(folder, root), stop: () => pebble.stop() };
        if (pebble.pid() === undefined) throw new Fault("ACME_NOT_STARTED", { reason: `it ended. ${pebble.tail(3)}`, log: pebble.log });
        if (performance.now() > deadline) {
            await pebble.stop();
            throw new Fault("ACME_NOT_STARTED", { reason: `it did not answer within ${timeoutMs / 1000} s`, log: pebble.log });
        }
    }
}

/**
 * Passes a request on to pebble as Let's Encrypt's own name would: `/directory` is pebble's `/dir`, and the Host stays,
 * because pebble writes its links with it.
 */
export function forwardAcme(request: IncomingMessage, response: ServerResponse, pebble: { port: number; ca: string }): void {
    const upstream = httpsRequest(
        {
            host: "127.0.0.1",
            port: pebble.port,
            path: request.url === "/directory" ? "/dir" : request.url,
            method: request.method,
            headers: request.headers,
            servername: "localhost",
            ca: pebble.ca,
        },
        (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(response);
        },
    );
    upstream.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    request.pipe(upstream);
}

async function prepare(options: PebbleOptions): Promise<Process> {
    const file = (name: string) => join(options.folder, name);
    const { key, chain } = await options.ca.issue(["localhost", "127.0.0.1"]);
    writeFileSync(file("key.pem"), key, { mode: 0o600 });
    writeFileSync(file("cert.pem"), chain);
    const pebble = {
        listenAddress: `127.0.0.1:${options.port}`,
        managementListenAddress: `127.0.0.1:${options.managementPort}`,
        certificate: file("cert.pem"),
        privateKey: file("key.pem"),
        httpPort: options.httpPort ?? 80,
        tlsPort: options.tlsPort ?? 443,
        ocspResponderURL: "",
        externalAccountBindingRequired: false,
    };
    writeFileSync(file("config.json"), JSON.stringify({ pebble }, null, 4));
    return new Process(options.folder, {
        name: "pebble",
        file: options.command ?? "pebble",
        args: ["-config", file("config.json"), "-strict=false", "-dnsserver", options.dnsServer],
        // Validation at once instead of after up to 15 s, and no nonce refused at random, which it does to test clients.
        env: { PATH: process.env.PATH, PEBBLE_VA_NOSLEEP: "1", PEBBLE_WFE_NONCEREJECT: "0" },
    });
}

/** Certificates of earlier starts are still in use, so their roots stay trusted. */
function remember(folder: string, root: string): string {
    const file = join(folder, "roots.pem");
    const known = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (!known.includes(root.trim())) appendFileSync(file, `${root.trim()}\n`);
    return file;
}

async function get(port: number, path: string, ca: string): Promise<string> {
    const request = httpsRequest({ host: "127.0.0.1", port, path, ca, servername: "localhost", agent: false, timeout: 2000 }).end();
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
    return Buffer.concat(parts).toString();
}

import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createGzip } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { ask, done, gate, open, refuses, ScriptedUpstream, service, token } from "../test/upstream";
import { until } from "../test/world";

describe("an HTTP answer, byte for byte", () => {
    let server: Server | undefined;
    afterEach(() => void server?.close());

    /** What a service makes of it that writes these bytes behind each request, and then closes. */
    async function told(answer: string) {
        const sockets = new Set<Socket>();
        server = createServer((socket) => {
            sockets.add(socket);
            socket.once("data", () => socket.end(answer));
            socket.on("error", () => undefined);
        });
        await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
        const upstream = service(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
        const { text, end, error } = await ask(upstream);
        await upstream.close();
        for (const socket of sockets) socket.destroy();
        return { text, end, cause: (error as Error | undefined)?.cause };
    }

    const body = token("a") + token("", "stop") + done;
    const complete = { text: "a", end: "stop", cause: undefined };

    it("may end with the connection, have a hint before it, or no reason phrase", async () => {
        expect(await told(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${body}`)).toEqual(complete);
        expect(await told(`HTTP/1.0 200\r\n\r\n${body}`)).toEqual(complete);
        expect(await told(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${body}`)).toEqual(complete);
    });

    it("that is shorter than it says has broken off, unless its finish reason came", async () => {
        const long = (text: string) => `HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n${text}`;
        expect(await told(long(token("a")))).toEqual({ text: "a", end: "upstream_cut", cause: "UND_ERR_SOCKET" });
        expect(await told(long(body))).toEqual(complete);
        expect(await told(`HTTP/1.1 429 Too Many Requests\r\nContent-Length: 9999\r\n\r\n{"error":`)).toEqual({ text: "", end: "upstream_busy", cause: "429" });
    });

    it("that is no HTTP is no answer, and the service is not said to be out of reach", async () => {
        expect(await told("SSH-2.0-OpenSSH_9.2\r\n")).toMatchObject({ end: "upstream_malformed", cause: "no HTTP/1.1" });
        expect(await told(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`)).toMatchObject({ end: "upstream_malformed", cause: "no HTTP/1.1" });
    });
});

describe("a compressed stream", () => {
    it("is told as it comes", async () => {
        const first = gate();
        const server = await ScriptedUpstream.start(async (response) => {
            const gzip = createGzip();
            gzip.pipe(response.writeHead(200, { "Content-Encoding": "gzip" }));
            gzip.write(token("a"));
            gzip.flush();
            await first.wait;
            gzip.end(token("b", "stop") + done);
        });
        const upstream = service(server.url);
        expect(await ask(upstream, { onPiece: () => first.open() })).toMatchObject({ text: "ab", end: "stop" });
        await upstream.close();
        server.stop();
    });
});

describe("a connection", () => {
    it("is used again behind a refusal, and behind an answer without text", async () => {
        const server = await ScriptedUpstream.start();
        const upstream = service(server.url);
        for (const script of [refuses(429, "slow down"), (response) => void open(response).end(token("", "stop") + done)] satisfies (typeof server.script)[]) {
            server.script = script;
            expect((await ask(upstream)).answer).toBeUndefined();
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        expect([server.connected, server.sockets]).toEqual([1, 1]);
        await upstream.close();
        await until(() => server.sockets === 0);
        server.stop();
    });
});

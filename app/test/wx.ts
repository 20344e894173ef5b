import { request as httpRequest, type ClientRequest } from "node:http";
import type { Wx, WxRequest, WxTask } from "../client/wx";

interface Options {
    /** Milliseconds; wx.request's own is 60 s. It is the whole request's. */
    defaultTimeoutMs?: number;
    /** So many times faster than a phone. */
    scale?: number;
    /** WeChat for PC gives no pieces: all comes with `success`. */
    pieces?: boolean;
    /** Whether `onHeadersReceived` tells before the first piece. */
    headersFirst?: boolean;
}

/**
 * wx.request as its typings and its developers describe it: pieces of any size that end anywhere, `success` at the end
 * with any status, 60 seconds unless `timeout` says more, and after 5 seconds in the background every request fails.
 */
export class WxSimulator implements Wx {
    private readonly running = new Set<(errMsg: string) => void>();
    private readonly options: Required<Options>;

    constructor(options: Options = {}) {
        this.options = { defaultTimeoutMs: 60_000, scale: 1, pieces: true, headersFirst: true, ...options };
    }

    /** The user leaves the app for longer than 5 seconds. */
    background(): void {
        for (const fail of this.running) fail("request:fail interrupted");
    }

    request(options: WxRequest): WxTask {
        const { scale, defaultTimeoutMs, headersFirst } = this.options;
        const onHeaders: ((head: { header: Record<string, string>; statusCode: number }) => void)[] = [];
        const onChunk: ((chunk: { data: ArrayBuffer }) => void)[] = [];
        const chunked = options.enableChunked && this.options.pieces;
        let over = false;
        const end = (tell: () => void) => {
            if (over) return;
            over = true;
            clearTimeout(timer);
            this.running.delete(fail);
            tell();
        };
        const fail = (errMsg: string) =>
            end(() => {
                sent?.destroy();
                options.fail({ errMsg });
            });
        const timer = setTimeout(() => fail("request:fail timeout"), (options.timeout || defaultTimeoutMs) / scale);
        this.running.add(fail);
        let sent: ClientRequest | undefined;
        // A listener can still be set after the call, so nothing is told within it.
        setImmediate(() => {
            if (over) return;
            sent = httpRequest(options.url, { method: options.method, headers: options.header, agent: false }, (response) => {
                const header = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [titled(name), String(value)]));
                const statusCode = response.statusCode!;
                if (headersFirst) onHeaders.forEach((listener) => listener({ header, statusCode }));
                const whole: Buffer[] = [];
                response.on("data", (bytes: Buffer) => {
                    if (over) return;
                    if (!chunked) whole.push(bytes);
                    else for (const data of shredded(bytes)) onChunk.forEach((listener) => listener({ data }));
                });
                response.on("end", () => end(() => options.success({ statusCode, header, data: chunked ? "" : Buffer.concat(whole).toString() })));
                response.on("error", () => fail("request:fail socket closed"));
            });
            sent.on("error", () => fail("request:fail connection reset"));
            sent.end(options.data);
        });
        return {
            abort: () => fail("request:fail abort"),
            onHeadersReceived: (listener) => onHeaders.push(listener as never),
            onChunkReceived: (listener) => onChunk.push(listener),
        };
    }
}

/** Header names arrive as somebody on the way wrote them. */
const titled = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Pieces of 1 to 40 bytes, each in a buffer of its own. */
function shredded(bytes: Buffer): ArrayBuffer[] {
    const pieces: ArrayBuffer[] = [];
    for (let at = 0; at < bytes.length; ) {
        const size = 1 + Math.floor(Math.random() * 40);
        pieces.push(Uint8Array.from(bytes.subarray(at, at + size)).buffer);
        at += size;
    }
    return pieces;
}

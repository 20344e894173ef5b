import { silenceable, type Head, type Transport } from "./transport";
import type { DeviceStorage } from "./visitor";

/** As much of `wx` as is used here (mini-program base library 2.20.2 and later). */
export interface Wx {
    request(options: WxRequest): WxTask;
}

/** And of its storage. */
export interface WxStore {
    getStorageSync(key: string): unknown;
    setStorageSync(key: string, data: string): void;
}

export interface WxRequest {
    url: string;
    method: string;
    header: Record<string, string>;
    data?: string;
    timeout: number;
    enableChunked: boolean;
    dataType: string;
    responseType: string;
    success(result: { statusCode: number; header?: Record<string, string>; data?: unknown }): void;
    fail(failure: { errMsg?: string }): void;
}

export interface WxTask {
    abort(): void;
    onHeadersReceived?(listener: (head: { header: Record<string, string>; statusCode?: number }) => void): void;
    onChunkReceived?(listener: (chunk: { data: ArrayBuffer }) => void): void;
}

/** wx.request gives up after 60 s otherwise, whether or not pieces come. A turn takes 10 minutes at most, and can be resumed. */
const TIMEOUT_MS = 600_000;
/** How a refusal begins, and how a proxy's page does: `{` and `<`. */
const NO_EVENTS = [0x7b, 0x3c];

/**
 * For mini-programs, which have neither `fetch` nor `EventSource`: `createClient({ transport: wxTransport(wx), … })`.
 * `success` comes at the end, whatever the status; the pieces come before it as ArrayBuffers of any size. Five seconds in
 * the background fail every request with "interrupted"; the client resumes by itself, at once when `wake()` is called from `onShow`.
 */
export function wxTransport(wx: Wx): Transport {
    return ({ method, url, headers, body, stream }, listener) => {
        const to = silenceable(listener);
        let headed = false;
        let pieces = 0;
        const held: Uint8Array[] = [];
        const head = (status: number, header: Record<string, string> | undefined) => {
            if (headed) return;
            headed = true;
            to.onHead(headOf(status, header ?? {}));
            for (const bytes of held.splice(0)) to.onBytes(bytes);
        };
        const take = (bytes: Uint8Array) => {
            if (bytes.length === 0) return;
            pieces += 1;
            // Before the status is known: what does not look like events is kept until `success` tells the status.
            if (!headed && held.length === 0 && NO_EVENTS.indexOf(bytes[0]!) < 0) head(200, { "content-type": "text/event-stream" });
            if (headed) to.onBytes(bytes);
            else held.push(bytes);
        };
        const task = wx.request({
            url,
            method,
            header: headers,
            ...(body !== undefined && { data: body }),
            timeout: TIMEOUT_MS,
            enableChunked: stream,
            // Anything but "json", so that the body is given as it is.
            dataType: "text",
            responseType: "text",
            success: ({ statusCode, header, data }) => {
                head(statusCode, header);
                // What came in pieces is not told again; where no pieces are given (WeChat for PC), all is here.
                if (pieces === 0) take(asBytes(data));
                to.onEnd();
            },
            fail: ({ errMsg }) => to.onFail(errMsg ?? "request:fail"),
        });
        task.onHeadersReceived?.(({ header, statusCode }) => statusCode !== undefined && head(statusCode, header));
        if (stream) task.onChunkReceived?.(({ data }) => take(new Uint8Array(data)));
        return () => {
            to.silence();
            task.abort();
        };
    };
}

/** A mini-program's storage, which outlives it: `createClient({ storage: wxStorage(wx), … })`. What is not there is "". */
export function wxStorage(wx: WxStore): DeviceStorage {
    return {
        getItem: (name) => {
            const kept = wx.getStorageSync(name);
            return typeof kept === "string" && kept !== "" ? kept : null;
        },
        setItem: (name, text) => wx.setStorageSync(name, text),
    };
}

function headOf(status: number, headers: Record<string, string>): Head {
    return {
        status,
        header: (name) => {
            const key = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
            return key === undefined ? undefined : headers[key];
        },
    };
}

function asBytes(data: unknown): Uint8Array {
    if (data instanceof ArrayBuffer) return new Uint8Array(data);
    return typeof data === "string" ? encode(data) : new Uint8Array(0);
}

/** Text as UTF-8; there is no TextEncoder where this is needed. */
function encode(text: string): Uint8Array {
    const bytes: number[] = [];
    for (const character of text) {
        const point = character.codePointAt(0)!;
        if (point < 0x80) bytes.push(point);
        else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
        else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
        else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    }
    return Uint8Array.from(bytes);
}

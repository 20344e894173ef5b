import { silenceable, type Head, type Transport } from "./transport";
import { utf8Bytes } from "./utf8";
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
    fail(failure?: { errMsg?: string }): void;
}

export interface WxTask {
    abort(): void;
    onHeadersReceived?(listener: (head: { header: Record<string, string>; statusCode?: number }) => void): void;
    onChunkReceived?(listener: (chunk: { data: unknown }) => void): void;
}

/** wx.request gives up after 60 s otherwise, whether or not pieces come. A turn takes 10 minutes at most, and can be resumed. */
const TIMEOUT_MS = 600_000;
/** How a refusal begins, and how a proxy's page does: `{` and `<`. */
const NO_EVENTS = [0x7b, 0x3c];

/**
 * For mini-programs, which have neither `fetch` nor `EventSource`: `createClient({ transport: wxTransport(wx), … })`.
 * `success` comes at the end, whatever the status; the pieces come before it, of any size: as ArrayBuffers on a
 * phone, and as text or as views of a buffer on other platforms. Five seconds in
 * the background fail every request with "interrupted"; the client resumes by itself, at once when `wake()` is called from `onShow`.
 */
export function wxTransport(wx: Wx): Transport {
    return ({ method, url, headers, body, stream }, listener) => {
        const to = silenceable(listener);
        let headed = false;
        let count = 0;
        let quiet = false;
        const pieces = new Pieces();
        const held: Uint8Array[] = [];
        const head = (status: number, header: Record<string, string> | undefined) => {
            if (headed) return;
            headed = true;
            to.onHead(headOf(status, header ?? {}));
            if (quiet) to.onQuiet();
            for (const bytes of held.splice(0)) to.onBytes(bytes);
        };
        const take = (bytes: Uint8Array) => {
            if (bytes.length === 0) return;
            count += 1;
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
                head(Number(statusCode), header);
                take(pieces.rest());
                // What came in pieces is not told again; where no pieces are given (WeChat for PC), all is here.
                if (count === 0) take(asBytes(data));
                to.onEnd();
            },
            fail: (failure) => to.onFail(failure?.errMsg ?? "request:fail"),
        });
        task.onHeadersReceived?.(({ header, statusCode }) => statusCode !== undefined && head(Number(statusCode), header));
        if (stream && task.onChunkReceived) task.onChunkReceived(({ data }) => take(pieces.bytes(data)));
        else if (stream) {
            quiet = true;
            to.onQuiet();
        }
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
            return key === undefined ? undefined : String(headers[key]);
        },
    };
}

/** Bytes in whichever form a platform gives them. `instanceof` would miss a buffer that the platform's own realm made. */
function asBytes(data: unknown): Uint8Array {
    if (typeof data === "string") return utf8Bytes(data);
    if (data === undefined || data === null) return new Uint8Array(0);
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    if (Object.prototype.toString.call(data) === "[object ArrayBuffer]") return new Uint8Array(data as ArrayBuffer);
    if (Array.isArray(data)) return Uint8Array.from(data as number[]);
    // Some platforms parse JSON although they were asked for text.
    return utf8Bytes(JSON.stringify(data));
}

/** The pieces of an answer as bytes. A text may end in the middle of a surrogate pair, whose other half begins the next one. */
class Pieces {
    private half = "";

    bytes(data: unknown): Uint8Array {
        if (typeof data !== "string") return asBytes(data);
        const text = this.half + data;
        this.half = /[\ud800-\udbff]$/.test(text) ? text[text.length - 1]! : "";
        return utf8Bytes(text.slice(0, text.length - this.half.length));
    }

    /** What is left at the end. */
    rest(): Uint8Array {
        return utf8Bytes(this.half);
    }
}

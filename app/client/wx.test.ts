import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAt } from "../test/cut";
import type { Head } from "./transport";
import { wxTransport, type WxRequest } from "./wx";

const encode = (text: string) => new TextEncoder().encode(text);

/** A chunk as a platform may give it. */
type Form = (bytes: Uint8Array) => unknown;
const forms: [string, Form][] = [
    ["an ArrayBuffer", (bytes) => bytes.slice().buffer],
    ["an ArrayBuffer of another realm", (bytes) => runInNewContext("Uint8Array.from(bytes).buffer", { bytes: [...bytes] })],
    ["a Uint8Array", (bytes) => bytes],
    ["a view in the middle of a buffer", (bytes) => Uint8Array.from([1, 2, 3, ...bytes, 4]).subarray(3, 3 + bytes.length)],
    ["a DataView", (bytes) => new DataView(Uint8Array.from([9, ...bytes]).buffer, 1)],
    ["a list of numbers", (bytes) => [...bytes]],
];

interface Heard {
    head?: Head;
    bytes: number[];
    end: string;
}

/** What the client hears of an answer that comes in these chunks. */
function hear(chunks: unknown[], success: Partial<Parameters<WxRequest["success"]>[0]> & { statusCode?: unknown } = {}, stream = true): Heard {
    const heard: Heard = { bytes: [], end: "" };
    let options!: WxRequest;
    let tell: (chunk: { data: unknown }) => void = () => undefined;
    const wx = {
        request: (given: WxRequest) => {
            options = given;
            return { abort: () => undefined, onChunkReceived: (listener: typeof tell) => (tell = listener) };
        },
    };
    wxTransport(wx as never)(
        { method: "POST", url: "https://x", headers: {}, stream },
        { onHead: (head) => (heard.head = head), onBytes: (bytes) => heard.bytes.push(...bytes), onEnd: () => (heard.end = "end"), onFail: (reason) => (heard.end = reason) },
    );
    for (const data of chunks) tell({ data });
    options.success({ statusCode: 200, header: {}, ...success } as never);
    return heard;
}

const told = 'event: delta\ndata: {"delta":"你好 🌍é"}\n\n';

describe("chunks of wx.request", () => {
    it.each(forms)("are taken as %s, wherever they are cut", (_name, form) => {
        fc.assert(
            fc.property(fc.array(fc.nat(), { maxLength: 10 }), (places) => {
                const chunks = cutAt(encode(told), places).map(form);
                expect(hear([form(new Uint8Array(0)), ...chunks]).bytes).toEqual([...encode(told)]);
            }),
        );
    });

    it("are taken as text, also if a pair is cut in two", () => {
        fc.assert(
            fc.property(fc.array(fc.nat(told.length), { maxLength: 10 }), (places) => {
                const cuts = [0, ...places.sort((a, b) => a - b), told.length];
                const chunks = cuts.slice(1).map((to, index) => told.slice(cuts[index], to));
                expect(hear(chunks).bytes).toEqual([...encode(told)]);
            }),
        );
    });

    it("are taken as what each one is", () => {
        expect(hear(["event: a\n", encode("data: 你\n").buffer, "", undefined, null, encode("\n")]).bytes).toEqual([...encode("event: a\ndata: 你\n\n")]);
    });

    it("are kept until the status is known if they are no events, as text too", () => {
        const refused = hear(['{"code":"draining",', '"message":"Bye."}'], { statusCode: 503 });
        expect([refused.head!.status, Buffer.from(refused.bytes).toString()]).toEqual([503, '{"code":"draining","message":"Bye."}']);
    });

    it("end with half of a pair as a replacement", () => expect(hear(["data: \ud83d"]).bytes).toEqual([...encode("data: \ufffd")]));
});

it("says that it is quiet where the platform gives no chunks (WeChat for PC)", () => {
    const told: string[] = [];
    const listener = { onHead: () => undefined, onBytes: () => undefined, onEnd: () => undefined, onFail: () => undefined, onQuiet: () => told.push("quiet") };
    const request = { method: "GET" as const, url: "https://x", headers: {} };
    const task = { abort: () => undefined };
    wxTransport({ request: () => ({ ...task, onChunkReceived: () => undefined }) })({ ...request, stream: true }, listener);
    wxTransport({ request: () => task })({ ...request, stream: false }, listener);
    expect(told).toEqual([]);
    wxTransport({ request: () => task })({ ...request, stream: true }, listener);
    expect(told).toEqual(["quiet"]);
    // Also after the headers, which may come early.
    let head: (head: object) => void = () => undefined;
    wxTransport({ request: () => ({ ...task, onHeadersReceived: (hear: typeof head) => (head = hear) }) } as never)({ ...request, stream: true }, listener);
    head({ statusCode: 200, header: {} });
    expect(told).toEqual(["quiet", "quiet", "quiet"]);
});

describe("the whole answer of wx.request", () => {
    it.each([
        ["text", '{"a":"你"}'],
        ["an object that the platform has parsed", { a: "你" }],
        ["an ArrayBuffer", encode('{"a":"你"}').buffer],
        ["a Uint8Array", encode('{"a":"你"}')],
    ])("is taken as %s", (_name, data) => {
        const heard = hear([], { data }, false);
        expect([Buffer.from(heard.bytes).toString(), heard.end]).toEqual(['{"a":"你"}', "end"]);
    });

    it.each([undefined, null, ""])("is empty as %j", (data) => expect(hear([], { data, statusCode: 204 }, false)).toMatchObject({ bytes: [], end: "end" }));

    it("has a status and headers, in whichever form", () => {
        const { head } = hear([], { statusCode: "503" as never, header: { "Retry-After": 2 as never, "X-LIST": ["a", "b"] as never } });
        expect([head!.status, head!.header("retry-after"), head!.header("x-list"), head!.header("x-none")]).toEqual([503, "2", "a,b", undefined]);
    });
});

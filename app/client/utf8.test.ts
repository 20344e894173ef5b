import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cutAt } from "../test/cut";
import { SmallDecoder, utf8Bytes, utf8Decoder } from "./utf8";

const places = fc.array(fc.nat(), { maxLength: 20 });
const bytes = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }).map((text) => new TextEncoder().encode(text)),
    fc.uint8Array({ maxLength: 60 }),
    // The bytes that make trouble: leads, continuations, overlong forms, surrogates.
    fc.array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xa0, 0xed, 0xef, 0xbb, 0xf0, 0x90, 0xf4, 0x8f, 0xff), { maxLength: 40 }).map((all) => Uint8Array.from(all)),
);

describe("the small UTF-8 decoder", () => {
    it("reads as the platform's does, however the bytes are cut and broken", () => {
        fc.assert(
            fc.property(bytes, places, (bytes, places) => {
                const theirs = new TextDecoder("utf-8", { ignoreBOM: true });
                const ours = new SmallDecoder();
                for (const piece of cutAt(bytes, places)) expect(ours.decode(piece)).toBe(theirs.decode(piece, { stream: true }));
            }),
            { numRuns: 2_000 },
        );
    });

    it("reads a long text", () => {
        const text = "你好, 🌍! ".repeat(20_000);
        expect(new SmallDecoder().decode(new TextEncoder().encode(text))).toBe(text);
    });
});

/** Decoders of platforms that do less than the standard. */
const { TextDecoder: Platform } = globalThis;
const poor: [string, unknown][] = [
    ["is not there", undefined],
    ["forgets half a character", class { decode = (bytes: Uint8Array) => new Platform("utf-8", { ignoreBOM: true }).decode(bytes) }],
    ["takes no options", class { constructor(_label: string, options?: object) { if (options) throw new RangeError("no options"); } }],
    ["refuses to stream", class { decode(_bytes: Uint8Array, options?: object) { if (options) throw new Error("the 'stream' option is unsupported"); } }],
    ["drops a byte order mark", class { private readonly inner = new Platform(); decode = (bytes: Uint8Array) => this.inner.decode(bytes, { stream: true }) }],
];

describe("the decoder", () => {
    afterEach(() => vi.unstubAllGlobals());

    it.each(poor)("is ours where the platform's %s", (_name, decoder) => {
        vi.stubGlobal("TextDecoder", decoder);
        const text = "\ufeff你好 🌍";
        const made = utf8Decoder();
        expect(cutAt(utf8Bytes(text), Array.from({ length: 20 }, (_, at) => at)).map((piece) => made.decode(piece)).join("")).toBe(text);
    });

    it("is the platform's where that does it all", () => expect(utf8Decoder()).not.toBeInstanceOf(SmallDecoder));
});

it("writes text as the platform does, half of a pair too", () => {
    fc.assert(
        fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "\ud83d", "\ude00"), (text, half) => {
            expect([...utf8Bytes(text + half)]).toEqual([...new TextEncoder().encode(text + half)]);
        }),
    );
});

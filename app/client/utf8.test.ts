import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAt } from "../test/cut";
import { SmallDecoder } from "./utf8";

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

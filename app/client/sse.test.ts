import { createParser } from "eventsource-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAt } from "../test/cut";
import { SseParser, type Frame } from "./sse";
import { SmallDecoder, utf8Decoder, type Decoder } from "./utf8";

const encode = (text: string) => new TextEncoder().encode(text);

function read(pieces: Uint8Array[], decoder: Decoder = utf8Decoder()): Frame[] {
    const frames: Frame[] = [];
    const parser = new SseParser((frame) => frames.push(frame), decoder);
    for (const piece of pieces) parser.feed(piece);
    return frames;
}

const places = fc.array(fc.nat(), { maxLength: 40 });
const text = fc.string({ unit: fc.constantFrom("a", " ", ":", "你", "🌍", "é", "{", "\u2028"), maxLength: 12 });
const ending = fc.constantFrom("\n", "\r\n", "\r");
const stream = fc.array(
    fc.record({
        id: fc.option(text, { nil: undefined }),
        event: fc.option(text.filter((name) => name !== ""), { nil: undefined }),
        data: fc.array(text, { minLength: 1, maxLength: 3 }),
        comment: fc.option(text, { nil: undefined }),
        space: fc.constantFrom("", " "),
        ending,
    }),
    { maxLength: 6 },
);
type Written = typeof stream extends fc.Arbitrary<infer T> ? T : never;

/** Leading spaces of a value are its own only behind the one that is dropped. */
const write = (events: Written) =>
    events
        .map(({ id, event, data, comment, space, ending }) => {
            const field = (name: string, value: string) => `${name}:${value.startsWith(" ") ? " " : space}${value}`;
            return [
                ...(comment === undefined ? [] : [`:${comment}`]),
                ...(id === undefined ? [] : [field("id", id)]),
                ...(event === undefined ? [] : [field("event", event)]),
                ...data.map((line) => field("data", line)),
                "",
                "",
            ].join(ending);
        })
        .join("");
const meant = (events: Written): Frame[] => events.map(({ id, event, data }) => ({ id, event, data: data.join("\n") }));

describe("the parser of events", () => {
    it.each([
        ["the platform's decoder", () => utf8Decoder()],
        ["the small one", () => new SmallDecoder()],
    ])("reads what was written, wherever it is cut, with %s", (_name, decoder) => {
        fc.assert(
            fc.property(stream, places, fc.boolean(), (events, places, mark) => {
                const bytes = encode((mark ? "\uFEFF" : "") + write(events));
                expect(read(cutAt(bytes, places), decoder())).toEqual(meant(events));
            }),
            { numRuns: 1_000 },
        );
    });

    it("takes one LF alone for the rest of a CR LF, also when it comes by itself", () => {
        expect(read(["data: a\r", "\n", "\n", ":\n"].map(encode))).toEqual([{ id: undefined, event: undefined, data: "a" }]);
    });

    it("reads what eventsource-parser reads, of anything", () => {
        const line = fc.oneof(text, fc.constantFrom("data", "data:", "data: ", "id: 7", "event: x", "retry: 5", ": ping", "data: [DONE]", ""));
        fc.assert(
            fc.property(fc.array(fc.tuple(line, ending), { maxLength: 20 }), places, (lines, places) => {
                const all = lines.map((one) => one.join("")).join("");
                const theirs: Frame[] = [];
                // It keeps a CR at the end of a piece for the next one, so it is given a last line.
                createParser({ onEvent: ({ id, event, data }) => theirs.push({ id, event, data }) }).feed(`${all}:\n`);
                expect(read(cutAt(encode(`${all}:\n`), places))).toEqual(theirs);
            }),
            { numRuns: 1_000 },
        );
    });

    it("drops an event that was cut, for it comes again", () => {
        expect(read([encode('data: {"a":1}\n\nid: s.2\ndata: {"b":2}\n')])).toEqual([{ id: undefined, event: undefined, data: '{"a":1}' }]);
    });

    it("reads a stream of this service byte by byte", () => {
        const bytes = encode('retry: 3000\n: connected\n\nid: s_1.1\nevent: delta\ndata: {"delta":"你好"}\n\n: ping\n\ndata: [DONE]\n\n');
        expect(read([...bytes].map((byte) => Uint8Array.of(byte)), new SmallDecoder())).toEqual([
            { id: "s_1.1", event: "delta", data: '{"delta":"你好"}' },
            { id: undefined, event: undefined, data: "[DONE]" },
        ]);
    });
});

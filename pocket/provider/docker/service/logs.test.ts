import { describe, expect, it } from "vitest";
import { logLines } from "./logs";

function frame(stream: number, text: string): Buffer {
    const head = Buffer.alloc(8);
    head[0] = stream;
    head.writeUInt32BE(Buffer.byteLength(text), 4);
    return Buffer.concat([head, Buffer.from(text)]);
}

describe("a log", () => {
    it("comes in frames of both streams", () => {
        expect(logLines(Buffer.concat([frame(1, "one\ntwo "), frame(2, "three\n\n"), frame(1, "四\r\n")]))).toEqual(["one", "two three", "四"]);
    });

    it("of a terminal comes as it is", () => {
        expect(logLines(Buffer.from("plain text\nof a terminal"))).toEqual(["plain text", "of a terminal"]);
    });

    it("may be empty", () => {
        expect(logLines(Buffer.alloc(0))).toEqual([]);
    });
});

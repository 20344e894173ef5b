import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "./json";

const read = (text: string) => readJson(Buffer.from(text));
const codeOf = (text: string) => {
    try {
        read(text);
        return undefined;
    } catch (error) {
        return (error as { code: string }).code;
    }
};

describe("a body of JSON", () => {
    it("is what JSON.parse makes of it, or refused", () => {
        const { tree } = fc.letrec((tie) => ({
            tree: fc.oneof({ maxDepth: 7 }, fc.jsonValue({ maxDepth: 0, stringUnit: "binary" }), fc.array(tie("tree"), { maxLength: 3 }), fc.dictionary(fc.stringMatching(/^[a-z_]{1,5}$/), tie("tree"), { maxKeys: 3 })),
        }));
        fc.assert(
            fc.property(tree, (value) => {
                const text = JSON.stringify(value);
                if (text.includes("\\u0000")) expect(codeOf(text)).toBe("invalid_request");
                else expect(read(text)).toEqual(JSON.parse(text));
            }),
        );
    });

    it("may be eight levels deep; brackets in a text are no levels", () => {
        expect(codeOf(`${"[".repeat(8)}${"]".repeat(8)}`)).toBe(undefined);
        expect(codeOf(`${"[".repeat(9)}${"]".repeat(9)}`)).toBe("invalid_request");
        expect(read(`{"a":"${"[{".repeat(20)}","b":"\\"${"{".repeat(20)}"}`)).toEqual({ a: "[{".repeat(20), b: `"${"{".repeat(20)}` });
        expect(read(`[${"[],".repeat(100)}[]]`)).toHaveLength(101);
    });

    it.each(["$set", "$", "a.b", ".", "__proto__", "constructor", "prototype", "a\\u0000", "\\ud800"])("may not have the key %s, at any depth", (key) => {
        expect(codeOf(`{"${key}":1}`)).toBe("invalid_request");
        expect(codeOf(`[{"a":[{"${key}":1}]}]`)).toBe("invalid_request");
    });

    it("may have any key but a way to a prototype, and be deeper, where its route says so", () => {
        const limits = { depth: 65, anyKey: true };
        expect(readJson(Buffer.from('{"$set":{"a.b":1}}'), limits)).toEqual({ $set: { "a.b": 1 } });
        expect(readJson(Buffer.from(`${"[".repeat(65)}${"]".repeat(65)}`), limits)).toHaveLength(1);
        for (const text of ['{"a":{"__proto__":{}}}', '{"constructor":{}}', `${"[".repeat(66)}`]) {
            expect(() => readJson(Buffer.from(text), limits)).toThrow(expect.objectContaining({ code: "invalid_request" }));
        }
    });

    it("may have keys and texts that only look like those", () => {
        expect(read('{"a$":"$set","proto":"__proto__","constructors":"a.b"}')).toEqual({ a$: "$set", proto: "__proto__", constructors: "a.b" });
        expect(read('["😀","\\ud83d\\ude00"]')).toEqual(["😀", "😀"]);
    });

    it("is nothing when it is empty", () => expect(read("")).toBe(undefined));

    it("is read in time that its length alone decides", () => {
        const hostile = ["[".repeat(65_536), '{"a":'.repeat(13_000), `"${"\\".repeat(65_534)}"`, `[${"0,".repeat(32_000)}0]`, `"${"\\ud83d".repeat(10_000)}"`];
        const began = performance.now();
        for (const text of hostile) codeOf(text);
        expect(performance.now() - began).toBeLessThan(1_000);
    });
});

import { MongoNetworkError, MongoServerError } from "mongodb";
import { describe as suite, expect, it } from "vitest";
import { HttpError } from "../errors/errors";
import { describe } from "./log";

suite("an error in the log", () => {
    it("is told with its causes", () => {
        const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
        const away = new HttpError("database_unavailable", { cause: new MongoNetworkError("no connection", { cause: refused }) });
        expect(describe(away)).toMatchObject({
            type: "HttpError",
            code: "database_unavailable",
            cause: { type: "MongoNetworkError", message: "no connection", cause: { type: "Error", message: "connect ECONNREFUSED", code: "ECONNREFUSED" } },
        });
        expect(describe(new Error("off", { cause: "ECONNRESET" }))).toMatchObject({ message: "off", cause: "ECONNRESET" });
    });

    it("has nothing that the database repeated, however deep", () => {
        const duplicate = new MongoServerError({ message: 'E11000 dup key: { openid: "oPerson-ada" }', code: 11000, codeName: "DuplicateKey" });
        const told = describe(new Error("no user", { cause: duplicate }));
        expect(told).toMatchObject({ message: "no user", cause: { type: "MongoServerError", code: 11000, codeName: "DuplicateKey" } });
        expect(JSON.stringify(told)).not.toContain("oPerson");
    });

    it("has nothing that a parser repeated, nor what only looks like a place in the code", () => {
        const thrown = [
            () => JSON.parse("a-secret-word"),
            () => {
                throw new MongoServerError({ message: "E11000 dup key: { reply: \"\n    at a-secret-word (x.ts:1:1)\" }" });
            },
        ].map((fails) => {
            try {
                return fails();
            } catch (error) {
                return describe(new Error("internal", { cause: error }));
            }
        });
        expect(JSON.stringify(thrown)).not.toContain("a-secret");
        for (const { cause } of thrown) expect(cause.stack).toContain("log.test.ts");
        expect(describe(new Error("off", { cause: { text: "a-secret-word" } }))).toMatchObject({ message: "off", cause: undefined });
    });
});

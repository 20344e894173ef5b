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
});

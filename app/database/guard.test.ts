import { MongoNetworkError, MongoServerError } from "mongodb";
import { describe, expect, it } from "vitest";
import { guarded } from "./guard";

describe("an operation of the database that fails", () => {
    const failing = (error: Error) => guarded(() => Promise.reject(error)).catch((thrown: unknown) => thrown);

    it.each([
        ["a connection that broke", new MongoNetworkError("connection 7 closed")],
        ["a socket that broke", Object.assign(new Error("write EPIPE"), { code: "EPIPE", syscall: "write" })],
        ["a socket that was closed", Object.assign(new Error("This socket has been ended by the other party"), { code: "EPIPE" })],
        ["a server that refuses", new MongoServerError({ message: "not primary", code: 10107 })],
    ])("says that the database is away, after %s", async (_name, error) => {
        expect(await failing(error)).toMatchObject({ name: "HttpError", code: "database_unavailable", retryAfter: 2, untouched: false, cause: error });
    });

    it.each([
        ["a duplicate", new MongoServerError({ message: "E11000", code: 11000 })],
        ["a fault of our own", new TypeError("x is not a function")],
        ["a fault that Node finds", Object.assign(new TypeError("wrong"), { code: "ERR_INVALID_ARG_TYPE" })],
    ])("is thrown as it is, after %s", async (_name, error) => {
        expect(await failing(error)).toBe(error);
    });
});

import { describe, expect, it } from "vitest";
import { authority } from "../test/authority";
import { dueAt, readHeld } from "./held";

const day = 86_400_000;
const from = new Date("2026-01-01T00:00:00Z");
const held = {
    name: "us.yourapp.test",
    file: "us.pem",
    directory: "acme.test",
    issuer: "test authority",
    notBefore: from,
    notAfter: new Date(from.getTime() + 90 * day),
};

describe("a certificate", () => {
    it("is due at a third of its lifetime, or somewhat earlier", () => {
        expect(dueAt(held, "acme.test", 0)).toEqual(new Date(from.getTime() + 60 * day));
        expect(dueAt(held, "acme.test", 1)).toEqual(new Date(from.getTime() + 55.5 * day));
    });

    it("is due at once when there is none, or when another authority is wanted", () => {
        expect(dueAt(undefined, "acme.test", 0)).toEqual(new Date(0));
        expect(dueAt(held, "other.test", 0)).toEqual(new Date(0));
    });

    it("is read with its key before or after it, for its own name alone", async () => {
        const pem = await (await authority()).issue("us.yourapp.test", held.notBefore, held.notAfter);
        expect(readHeld(pem, "us.yourapp.test", "us.pem", "acme.test")).toEqual(held);
        expect(readHeld(`-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n${pem}`, "us.yourapp.test", "us.pem", "acme.test")).toEqual(held);
        expect(readHeld(pem, "cn.yourapp.test", "us.pem", "acme.test")).toBeUndefined();
        expect(readHeld("half a file", "us.yourapp.test", "us.pem", "acme.test")).toBeUndefined();
    });
});

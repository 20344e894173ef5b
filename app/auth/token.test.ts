import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { keyId, Tokens } from "./token";

const old = "the-key-before-this-one-of-32-characters";
const now = "the-key-of-this-year-of-thirty-two-characters";
const stranger = "a-key-that-nobody-here-knows-of-32-characters";

const tokensOf = (JWT_SECRET: string, JWT_SECRET_PREVIOUS?: string) => new Tokens({ JWT_SECRET, JWT_SECRET_PREVIOUS, JWT_TTL_SECONDS: 3_600 });
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const inAnHour = () => Math.round(Date.now() / 1000) + 3_600;

/** A token as anybody can make it who has the key. */
function made(key: string, header: object, payload: object): string {
    const input = `${part({ alg: "HS256", typ: "JWT", ...header })}.${part(payload)}`;
    return `${input}.${createHmac("sha256", key).update(input).digest("base64url")}`;
}

const read = (token: string, index: number) => JSON.parse(Buffer.from(token.split(".")[index]!, "base64url").toString());

describe("a token", () => {
    it("names its key, its user and when it ends", () => {
        const token = tokensOf(now).sign("ada");
        expect(read(token, 0)).toEqual({ alg: "HS256", typ: "JWT", kid: keyId(now) });
        const claims = read(token, 1);
        expect(claims).toEqual({ sub: "ada", iat: expect.any(Number), exp: claims.iat + 3_600 });
        expect(tokensOf(now).user(token)).toBe("ada");
    });

    it("is still good when its key has become the previous one, and new ones are signed with the new key", () => {
        const rotated = tokensOf(now, old);
        expect(rotated.user(tokensOf(old).sign("ada"))).toBe("ada");
        expect(read(rotated.sign("ada"), 0).kid).toBe(keyId(now));
    });

    it("of the next key is good in a region that signs with the old one still", () => {
        expect(tokensOf(old, now).user(tokensOf(now, old).sign("ada"))).toBe("ada");
    });

    it.each([now, old])("without a key's name is tried with both keys", (key) => {
        expect(tokensOf(now, old).user(made(key, {}, { sub: "ada", exp: inAnHour() }))).toBe("ada");
    });

    it.each([
        ["whose key is gone", tokensOf(old).sign("ada")],
        ["of a key that names itself as ours", made(stranger, { kid: keyId(now) }, { sub: "ada", exp: inAnHour() })],
        ["of a key without a name", made(stranger, {}, { sub: "ada", exp: inAnHour() })],
        ["that names a key oddly", made(now, { kid: ["toString"] }, { sub: "ada", exp: inAnHour() })],
        ["that never ends", made(now, {}, { sub: "ada" })],
        ["of nobody", made(now, {}, { exp: inAnHour() })],
        ["of a list", made(now, {}, { sub: ["ada"], exp: inAnHour() })],
        ["of another algorithm", made(now, { alg: "HS512" }, { sub: "ada", exp: inAnHour() })],
        ["without a signature", `${part({ alg: "none" })}.${part({ sub: "ada", exp: inAnHour() })}.`],
        ["that is none", "nonsense"],
        ["that is nothing", ".."],
    ])("%s is refused", (_name, token) => expect(() => tokensOf(now).user(token)).toThrow(expect.objectContaining({ code: "unauthorized" })));

    it.each([now, old])("that has ended says so, whichever key signed it", (key) => {
        const ended = { sub: "ada", exp: Math.round(Date.now() / 1000) - 1 };
        expect(() => tokensOf(now, old).user(made(key, {}, ended))).toThrow(expect.objectContaining({ code: "token_expired" }));
        expect(() => tokensOf(now, old).user(made(key, { kid: keyId(key) }, ended))).toThrow(expect.objectContaining({ code: "token_expired" }));
        expect(() => tokensOf(now, old).user(made(stranger, {}, ended))).toThrow(expect.objectContaining({ code: "unauthorized" }));
    });

    it("tells a key by a short name that is not made of it", () => {
        expect(keyId(now)).toMatch(/^[0-9a-f]{8}$/);
        expect(keyId(now)).not.toBe(keyId(old));
    });
});

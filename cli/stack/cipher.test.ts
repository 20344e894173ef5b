import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cipher } from "./cipher";

/** Written by the engine 3.250.0 with `pulumi config set --secret pass hunter2` and the passphrase "abc". */
const byEngine = {
    salt: "v1:Bw7VrXOGYTQ=:v1:XXcd2oH4Bgim87Z8:mkn5afnxKDUJYOdJratQdG68c26+SQ==",
    secure: "v1:Yvn5oqhkF1nceZP7:H2MxCADEsWNiEDL/+/nFunhlvDsiVwQ=",
};

function decrypt(passphrase: string, salt: string, secure: string): string {
    const key = pbkdf2Sync(passphrase, Buffer.from(salt.split(":")[1]!, "base64"), 1_000_000, 32, "sha256");
    const [, nonce, sealed] = secure.split(":").map((part) => Buffer.from(part, "base64"));
    const opener = createDecipheriv("aes-256-gcm", key, nonce!);
    opener.setAuthTag(sealed!.subarray(-16));
    return Buffer.concat([opener.update(sealed!.subarray(0, -16)), opener.final()]).toString("utf8");
}

describe("the cipher of a stack file", () => {
    it("reads what the engine wrote, so the test's own decryption is the engine's", () => {
        expect(decrypt("abc", byEngine.salt, byEngine.secure)).toBe("hunter2");
    });

    it("keeps an existing salt and encrypts under it", () => {
        const { salt, encrypt } = cipher("abc", byEngine.salt);
        expect(salt).toBe(byEngine.salt);
        expect(decrypt("abc", byEngine.salt, encrypt("schlüssel"))).toBe("schlüssel");
    });

    it("makes a salt that proves the passphrase", () => {
        const { salt } = cipher("word");
        expect(decrypt("word", salt, salt.split(":").slice(2).join(":"))).toBe("pulumi");
    });

    it("never gives the same text twice", () => {
        const { encrypt } = cipher("word");
        expect(encrypt("a")).not.toBe(encrypt("a"));
    });
});

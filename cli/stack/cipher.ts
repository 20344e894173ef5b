import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

/** Pulumi's own figures for a passphrase (sdk/go/common/resource/config/crypt.go of v3.250.0). */
const iterations = 1_000_000;
const keyBytes = 32;
const saltBytes = 8;
const nonceBytes = 12;

/** Encrypts settings for one stack file, as `pulumi config set --secret` does. */
export interface Cipher {
    /** The line `encryptionsalt` of the stack file. */
    salt: string;
    /** The value of `secure`. */
    encrypt(plain: string): string;
}

/**
 * The cipher of a passphrase; `salt` is an existing file's `encryptionsalt`. Encrypting here and not by the CLI keeps
 * secrets off every command line, where any user of the machine could read them, and saves a process for each of them.
 */
export function cipher(passphrase: string, salt?: string): Cipher {
    const bytes = salt ? Buffer.from(salt.split(":")[1] ?? "", "base64") : randomBytes(saltBytes);
    const key = pbkdf2Sync(passphrase, bytes, iterations, keyBytes, "sha256");
    const encrypt = (plain: string) => {
        const nonce = randomBytes(nonceBytes);
        const sealer = createCipheriv("aes-256-gcm", key, nonce);
        const sealed = Buffer.concat([sealer.update(plain, "utf8"), sealer.final(), sealer.getAuthTag()]);
        return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
    };
    // Pulumi proves a passphrase by decrypting this one known word.
    return { salt: salt ?? `v1:${bytes.toString("base64")}:${encrypt("pulumi")}`, encrypt };
}

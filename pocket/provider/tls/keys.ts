import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { parsePrivateKey } from "sshpk";

export type Algorithm = "RSA" | "ECDSA" | "ED25519";

/** The curves by the provider's names; OpenSSH does not know the first. */
export const CURVES: { [name: string]: string } = { P224: "secp224r1", P256: "prime256v1", P384: "secp384r1", P521: "secp521r1" };

export function generate(algorithm: Algorithm, rsaBits: number, ecdsaCurve: string): KeyObject {
    switch (algorithm) {
        case "RSA": return generateKeyPairSync("rsa", { modulusLength: rsaBits }).privateKey;
        case "ECDSA": return generateKeyPairSync("ec", { namedCurve: CURVES[ecdsaCurve] ?? ecdsaCurve }).privateKey;
        case "ED25519": return generateKeyPairSync("ed25519").privateKey;
    }
}

export interface KeyTexts {
    privateKeyPem: string;
    privateKeyPemPkcs8: string;
    privateKeyOpenssh: string;
    publicKeyPem: string;
    publicKeyOpenssh: string;
    publicKeyFingerprintMd5: string;
    publicKeyFingerprintSha256: string;
}

/** A private key in each form that the provider gives; the ones of OpenSSH are empty for a curve that it does not know. */
export function texts(key: KeyObject): KeyTexts {
    const pkcs8 = key.export({ format: "pem", type: "pkcs8" }) as string;
    const traditional = { rsa: "pkcs1", ec: "sec1" }[key.asymmetricKeyType as string] as "pkcs1" | "sec1" | undefined;
    return {
        privateKeyPem: traditional ? (key.export({ format: "pem", type: traditional as "pkcs1" }) as string) : pkcs8,
        privateKeyPemPkcs8: pkcs8,
        publicKeyPem: createPublicKey(key).export({ format: "pem", type: "spki" }) as string,
        ...openssh(key, pkcs8),
    };
}

function openssh(key: KeyObject, pkcs8: string): Pick<KeyTexts, "privateKeyOpenssh" | "publicKeyOpenssh" | "publicKeyFingerprintMd5" | "publicKeyFingerprintSha256"> {
    if (key.asymmetricKeyDetails?.namedCurve === CURVES.P224) {
        return { privateKeyOpenssh: "", publicKeyOpenssh: "", publicKeyFingerprintMd5: "", publicKeyFingerprintSha256: "" };
    }
    const ssh = parsePrivateKey(pkcs8, "pkcs8");
    ssh.comment = "";
    const [type, blob] = ssh.toPublic().toString("ssh").split(" ");
    const wire = Buffer.from(blob ?? "", "base64");
    return {
        privateKeyOpenssh: `${ssh.toString("ssh-private").trim()}\n`,
        publicKeyOpenssh: `${type} ${blob}\n`,
        publicKeyFingerprintMd5: createHash("md5").update(wire).digest("hex").replace(/(..)(?!$)/g, "$1:"),
        publicKeyFingerprintSha256: `SHA256:${createHash("sha256").update(wire).digest("base64").replace(/=+$/, "")}`,
    };
}

/** Throws what the provider says of a PEM that it cannot read. */
export function readPrivateKey(pem: string): KeyObject {
    try {
        return createPrivateKey(pem);
    } catch (error) {
        throw new Error(`Failed to parse private key PEM: ${(error as Error).message}`);
    }
}

export function algorithmOf(key: KeyObject): Algorithm {
    return ({ rsa: "RSA", ec: "ECDSA", ed25519: "ED25519" } as const)[key.asymmetricKeyType as "rsa" | "ec" | "ed25519"];
}

import "reflect-metadata";
import { webcrypto, X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";
import { writeWhole } from "../../system/whole";

export interface Issued {
    /** PEM, PKCS #8. */
    key: string;
    /** PEM of the leaf. */
    cert: string;
    /** PEM of the leaf and then the root: what a TLS server sends. */
    chain: string;
}

/** The pocket's public certificate authority: what the guests' CA bundle trusts beside the real ones. */
export interface Authority {
    /** PEM of the root. */
    root: string;
    /**
     * A certificate for hostnames or addresses; the first is its subject. The same names give the same certificate
     * until 30 days before its end.
     */
    issue(names: string[]): Promise<Issued>;
}

const DAY_MS = 24 * 3600 * 1000;
const LEAF_DAYS = 90;
const RENEW_DAYS = 30;
const ROOT_DAYS = 3650;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const crypto = webcrypto;
x509.cryptoProvider.set(crypto);

/**
 * Opens the authority kept in a folder (`root.pem`, and `root.key` that only its owner reads), and makes it first if
 * there is none or it is near its end.
 */
export async function openAuthority(folder: string, now: () => number = Date.now): Promise<Authority> {
    const files = { key: join(folder, "root.key"), cert: join(folder, "root.pem") };
    if (!existsSync(files.cert) || !existsSync(files.key) || nearEnd(readFileSync(files.cert, "utf8"), now())) await makeRoot(files, now());

    const root = readFileSync(files.cert, "utf8");
    const rootKey = await importKey(readFileSync(files.key, "utf8"));
    const issued = new Map<string, Promise<Issued>>();

    return {
        root,
        async issue(names) {
            const id = [...names].sort().join(" ");
            const known = issued.get(id);
            if (known && !nearEnd((await known).cert, now())) return known;
            const made = makeLeaf(names, new x509.X509Certificate(root), rootKey, now());
            issued.set(id, made);
            return made;
        },
    };
}

async function makeRoot(files: { key: string; cert: string }, now: number): Promise<void> {
    const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const cert = await x509.X509CertificateGenerator.createSelfSigned({
        name: "O=Antipode, CN=Antipode pocket root",
        serialNumber: serial(),
        notBefore: new Date(now - DAY_MS),
        notAfter: new Date(now + ROOT_DAYS * DAY_MS),
        signingAlgorithm: algorithm,
        keys,
        extensions: [
            new x509.BasicConstraintsExtension(true, undefined, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
            await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        ],
    });
    // The key first: a root without its key would be trusted and useless.
    writeWhole(files.key, await exportKey(keys.privateKey));
    writeWhole(files.cert, `${cert.toString("pem")}\n`, 0o644);
}

async function makeLeaf(names: string[], root: x509.X509Certificate, rootKey: webcrypto.CryptoKey, now: number): Promise<Issued> {
    const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const leaf = await x509.X509CertificateGenerator.create({
        subject: [{ CN: [names[0]!] }],
        issuer: root.subject,
        serialNumber: serial(),
        // An hour back, for machines whose clock is a little behind.
        notBefore: new Date(now - 3600 * 1000),
        notAfter: new Date(now + LEAF_DAYS * DAY_MS),
        signingAlgorithm: algorithm,
        publicKey: keys.publicKey,
        signingKey: rootKey,
        extensions: [
            new x509.BasicConstraintsExtension(false, undefined, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
            new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
            new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? "ip" : "dns", value }))),
            await x509.AuthorityKeyIdentifierExtension.create(root.publicKey),
        ],
    });
    const cert = `${leaf.toString("pem")}\n`;
    return { key: await exportKey(keys.privateKey), cert, chain: cert + `${root.toString("pem")}\n` };
}

function nearEnd(pem: string, now: number): boolean {
    return Date.parse(new X509Certificate(pem).validTo) - now < RENEW_DAYS * DAY_MS;
}

/** 127 random bits; the first bit is 0 because a serial number is positive (RFC 5280, section 4.1.2.2). */
function serial(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[0]! &= 0x7f;
    return Buffer.from(bytes).toString("hex");
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
    return x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY") + "\n";
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
    return crypto.subtle.importKey("pkcs8", x509.PemConverter.decode(pem)[0]!, algorithm, true, ["sign"]);
}

import { createPublicKey, randomBytes, webcrypto, type KeyObject } from "node:crypto";
import * as x509 from "./x509";
import { CURVES } from "./keys";

export interface Subject {
    commonName?: string; organization?: string; organizationalUnit?: string; country?: string; province?: string; locality?: string;
    streetAddresses?: string[]; postalCode?: string; serialNumber?: string; emailAddress?: string;
}
export interface Names { dnsNames?: string[]; ipAddresses?: string[]; uris?: string[] }
export interface Terms {
    allowedUses: string[]; validityPeriodHours: number; isCaCertificate?: boolean; maxPathLength?: number; setSubjectKeyId?: boolean; setAuthorityKeyId?: boolean;
}

type CryptoKey = webcrypto.CryptoKey;
const HOUR = 3_600_000;

x509.cryptoProvider.set(webcrypto as never);

export async function certificateRequest(key: KeyObject, subject: Subject, names: Names): Promise<string> {
    const keys = await pairOf(key);
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
        name: nameOf(subject), keys, signingAlgorithm: signing(key), extensions: alternativeNames(names),
    });
    return lines(request.toString("pem"));
}

/** `issuer` absent: signed by its own key. Validity begins now, to the second. */
export async function certificate(
    about: { publicKey: KeyObject; subject: x509.Name | x509.JsonName; names: x509.Extension[]; terms: Terms },
    signer: { key: KeyObject; issuer?: x509.X509Certificate },
): Promise<{ pem: string; start: Date; end: Date }> {
    const { terms } = about;
    const start = new Date(Math.floor(Date.now() / 1000) * 1000);
    const end = new Date(start.getTime() + terms.validityPeriodHours * HOUR);
    const publicKey = await publicOf(about.publicKey);
    const keyId = terms.setSubjectKeyId || terms.isCaCertificate ? [await x509.SubjectKeyIdentifierExtension.create(publicKey as never, false, webcrypto as never)] : [];
    const authority = signer.issuer ?? (terms.setAuthorityKeyId ? undefined : null);
    const authorityId = authority === null ? [] : [await x509.AuthorityKeyIdentifierExtension.create((authority?.publicKey ?? publicKey) as never, false, webcrypto as never)];
    const made = await x509.X509CertificateGenerator.create({
        serialNumber: positiveSerial(),
        subject: jsonOf(about.subject),
        issuer: jsonOf(signer.issuer?.subjectName ?? about.subject),
        notBefore: start,
        notAfter: end,
        publicKey: publicKey as never,
        signingKey: (await pairOf(signer.key)).privateKey as never,
        signingAlgorithm: signing(signer.key),
        extensions: [
            new x509.BasicConstraintsExtension(terms.isCaCertificate ?? false, pathLength(terms), true),
            ...usages(terms.allowedUses), ...keyId, ...authorityId, ...about.names,
        ],
    }, webcrypto as never);
    return { pem: lines(made.toString("pem")), start, end };
}

/** -1 is no limit; of what is no authority it is ignored. */
function pathLength({ isCaCertificate, maxPathLength = -1 }: Terms): number | undefined {
    return isCaCertificate && maxPathLength >= 0 ? maxPathLength : undefined;
}

export function alternativeNames({ dnsNames = [], ipAddresses = [], uris = [] }: Names): x509.Extension[] {
    const names: x509.JsonGeneralNames = [
        ...dnsNames.map((value) => ({ type: "dns" as const, value })), ...ipAddresses.map((value) => ({ type: "ip" as const, value })),
        ...uris.map((value) => ({ type: "url" as const, value })),
    ];
    return names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : [];
}

export function nameOf(subject: Subject): x509.JsonName {
    const parts: [string, string | undefined][] = [
        ["C", subject.country], ["ST", subject.province], ["L", subject.locality], ...(subject.streetAddresses ?? []).map((s): [string, string] => ["2.5.4.9", s]),
        ["2.5.4.17", subject.postalCode], ["O", subject.organization], ["OU", subject.organizationalUnit], ["CN", subject.commonName],
        ["2.5.4.5", subject.serialNumber], ["E", subject.emailAddress],
    ];
    return parts.filter((part): part is [string, string] => part[1] !== undefined && part[1] !== "").map(([type, value]) => ({ [type]: [value] }));
}

/** The provider's words for key usages (RFC 5280, 4.2.1.3) and extended ones (4.2.1.12). */
export const KEY_USES: { [use: string]: number } = {
    digital_signature: x509.KeyUsageFlags.digitalSignature, content_commitment: x509.KeyUsageFlags.nonRepudiation, key_encipherment: x509.KeyUsageFlags.keyEncipherment,
    data_encipherment: x509.KeyUsageFlags.dataEncipherment, key_agreement: x509.KeyUsageFlags.keyAgreement, cert_signing: x509.KeyUsageFlags.keyCertSign,
    crl_signing: x509.KeyUsageFlags.cRLSign, encipher_only: x509.KeyUsageFlags.encipherOnly, decipher_only: x509.KeyUsageFlags.decipherOnly,
};
export const EXTENDED_USES: { [use: string]: string } = {
    server_auth: x509.ExtendedKeyUsage.serverAuth, client_auth: x509.ExtendedKeyUsage.clientAuth, code_signing: x509.ExtendedKeyUsage.codeSigning,
    email_protection: x509.ExtendedKeyUsage.emailProtection, timestamping: x509.ExtendedKeyUsage.timeStamping, ocsp_signing: x509.ExtendedKeyUsage.ocspSigning,
    any_extended: "2.5.29.37.0",
};

function usages(allowed: string[]): x509.Extension[] {
    const flags = allowed.reduce((all, use) => all | (KEY_USES[use] ?? 0), 0);
    const extended = allowed.map((use) => EXTENDED_USES[use]).filter((oid): oid is string => oid !== undefined);
    return [...(flags ? [new x509.KeyUsagesExtension(flags, true)] : []), ...(extended.length > 0 ? [new x509.ExtendedKeyUsageExtension(extended)] : [])];
}

function positiveSerial(): string {
    const bytes = randomBytes(16);
    bytes[0]! &= 0x7f;
    return bytes.toString("hex");
}

function jsonOf(name: x509.Name | x509.JsonName): x509.JsonName {
    return Array.isArray(name) ? name : name.toJSON();
}

async function pairOf(key: KeyObject): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
    const der = key.export({ format: "der", type: "pkcs8" });
    return { privateKey: await webcrypto.subtle.importKey("pkcs8", der, signing(key), true, ["sign"]), publicKey: await publicOf(createPublicKey(key)) };
}

function publicOf(key: KeyObject): Promise<CryptoKey> {
    return webcrypto.subtle.importKey("spki", key.export({ format: "der", type: "spki" }), signing(key), true, ["verify"]);
}

function signing(key: KeyObject): { name: string; hash: string; namedCurve?: string } {
    const curve = key.asymmetricKeyDetails?.namedCurve;
    if (key.asymmetricKeyType === "rsa") return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    if (key.asymmetricKeyType === "ed25519") return { name: "Ed25519", hash: "SHA-512" };
    const bits = { [CURVES.P256!]: "256", [CURVES.P384!]: "384", [CURVES.P521!]: "521" }[curve ?? ""];
    if (!bits) throw new Error(`certificates on the curve ${curve} cannot be made in the pocket cloud: take P256, P384 or P521`);
    return { name: "ECDSA", namedCurve: `P-${bits}`, hash: bits === "384" ? "SHA-384" : bits === "521" ? "SHA-512" : "SHA-256" };
}

function lines(pem: string): string {
    return `${pem.trim()}\n`;
}

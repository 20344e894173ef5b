import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import * as x509 from "./x509";
import type { Difference, Package } from "../kind";
import type { Rules } from "../rules";
import type { PackageSchema } from "../schema/derive";
import { valueKind } from "../value";
import type { Values } from "../values";
import { EXTENDED_USES, KEY_USES, alternativeNames, certificate, certificateRequest, nameOf, type Names, type Subject, type Terms } from "./certificates";
import { CURVES, algorithmOf, generate, readPrivateKey, texts, type Algorithm } from "./keys";

const schema = JSON.parse(readFileSync(join(__dirname, "schema.json"), "utf8")) as PackageSchema;
const HOUR = 3_600_000;
/** Arguments of both certificates (terraform-provider-tls, internal/provider, resource_self_signed_cert.go and resource_locally_signed_cert.go). */
const hours = { whole: true, range: [0, Number.MAX_SAFE_INTEGER] } as const;
const no = { default: false } as const;
const certificateRules: Rules = {
    validityPeriodHours: hours,
    earlyRenewalHours: { ...hours, default: 0 },
    "allowedUses[*]": { oneOf: [...Object.keys(KEY_USES), ...Object.keys(EXTENDED_USES)] },
    isCaCertificate: no,
    maxPathLength: { whole: true, range: [-1, Number.MAX_SAFE_INTEGER] },
    setSubjectKeyId: no,
};
/** Of a certificate's names; an address and a URI are parsed when it is made. */
const nameRules: Rules = {
    "ipAddresses[*]": { length: [1, Infinity], matches: (text) => isIP(text) !== 0, says: "is not an IP address" },
    "uris[*]": { length: [1, Infinity] },
};

const privateKey = valueKind<{ algorithm: Algorithm; rsaBits?: number; ecdsaCurve?: string }>({
    token: "tls:index/privateKey:PrivateKey",
    schema: schema.resources["tls:index/privateKey:PrivateKey"]!,
    rules: {
        algorithm: { oneOf: ["RSA", "ECDSA", "ED25519"] },
        ecdsaCurve: { default: "P224", oneOf: Object.keys(CURVES) },
        // Go's crypto/rsa makes none below 1024; the pocket makes none that takes minutes.
        rsaBits: { default: 2048, whole: true, range: [1024, 16_384] },
    },
    async make({ algorithm, rsaBits = 2048, ecdsaCurve = "P224" }) {
        const made = texts(generate(algorithm, rsaBits, ecdsaCurve));
        return { id: fingerprint(made.publicKeyPem), outputs: { algorithm, rsaBits, ecdsaCurve, ...made } };
    },
});

interface Renewal extends Values { earlyRenewalHours?: number; validityPeriodHours: number; allowedUses: string[] }

const selfSignedCert = valueKind<Values & Terms & Names & Renewal & { privateKeyPem?: string; privateKeyPemWo?: string; subject?: Subject }>({
    token: "tls:index/selfSignedCert:SelfSignedCert",
    schema: schema.resources["tls:index/selfSignedCert:SelfSignedCert"]!,
    rules: { ...certificateRules, ...nameRules, setAuthorityKeyId: no },
    exactlyOneOf: [["privateKeyPem", "privateKeyPemWo"]],
    inPlace: isEarlyRenewal,
    diff: renewed,
    now: readiness,
    async make(inputs) {
        const key = readPrivateKey(inputs.privateKeyPem ?? inputs.privateKeyPemWo ?? "");
        const made = await certificate({ publicKey: createPublicKey(key), subject: nameOf(inputs.subject ?? {}), names: alternativeNames(inputs), terms: inputs }, { key });
        return { outputs: { ...inputs, keyAlgorithm: algorithmOf(key), ...signed(made) } };
    },
});

const certRequest = valueKind<Values & Names & { privateKeyPem?: string; privateKeyPemWo?: string; subject?: Subject }>({
    token: "tls:index/certRequest:CertRequest",
    schema: schema.resources["tls:index/certRequest:CertRequest"]!,
    rules: nameRules,
    exactlyOneOf: [["privateKeyPem", "privateKeyPemWo"]],
    async make(inputs) {
        const key = readPrivateKey(inputs.privateKeyPem ?? inputs.privateKeyPemWo ?? "");
        return { outputs: { ...inputs, keyAlgorithm: algorithmOf(key), certRequestPem: await certificateRequest(key, inputs.subject ?? {}, inputs) } };
    },
});

const locallySignedCert = valueKind<Values & Terms & Renewal & { certRequestPem: string; caCertPem: string; caPrivateKeyPem?: string; caPrivateKeyPemWo?: string }>({
    token: "tls:index/locallySignedCert:LocallySignedCert",
    schema: schema.resources["tls:index/locallySignedCert:LocallySignedCert"]!,
    rules: certificateRules,
    exactlyOneOf: [["caPrivateKeyPem", "caPrivateKeyPemWo"]],
    inPlace: isEarlyRenewal,
    diff: renewed,
    now: readiness,
    async make(inputs) {
        const key = readPrivateKey(inputs.caPrivateKeyPem ?? inputs.caPrivateKeyPemWo ?? "");
        const request = new x509.Pkcs10CertificateRequest(inputs.certRequestPem);
        const names = request.extensions.filter((extension) => extension instanceof x509.SubjectAlternativeNameExtension);
        const publicKey = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: "der", type: "spki" });
        const made = await certificate({ publicKey, subject: request.subjectName, names, terms: inputs }, { key, issuer: new x509.X509Certificate(inputs.caCertPem) });
        return { outputs: { ...inputs, caKeyAlgorithm: algorithmOf(key), ...signed(made) } };
    },
});

/** The real plug-in's resources, without a network and with real keys. */
export const tls: Package = {
    name: "tls", version: schema.version, config: { ...schema.config, remember: [] }, kinds: [privateKey, selfSignedCert, certRequest, locallySignedCert], functions: [],
};

function signed({ pem, start, end }: { pem: string; start: Date; end: Date }): Values {
    const text = (date: Date): string => date.toISOString().replace(".000Z", "Z");
    return { certPem: pem, validityStartTime: text(start), validityEndTime: text(end), readyForRenewal: false };
}

/** Inside the early renewal window, as the new arguments have it, the next run makes a new certificate (common_cert.go). */
function renewed(olds: Values, { earlyRenewalHours = 0 }: { earlyRenewalHours?: number }, found: Difference[]): Difference[] {
    return readiness({ ...olds, earlyRenewalHours }).readyForRenewal ? [...found, { path: "readyForRenewal", kind: "update", replace: true }] : found;
}

/** The one argument of a certificate that is not in it. */
function isEarlyRenewal({ path }: Difference): boolean {
    return path === "earlyRenewalHours";
}

function readiness(state: Values): Values {
    const early = Number(state.earlyRenewalHours ?? 0) * HOUR;
    return { readyForRenewal: Date.now() >= Date.parse(String(state.validityEndTime)) - early };
}

function fingerprint(publicKeyPem: string): string {
    return Buffer.from(createPublicKey(publicKeyPem).export({ format: "der", type: "spki" })).toString("hex").slice(-40);
}

import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as x509 from "./x509";
import type { Difference, Failure, Package } from "../kind";
import type { PackageSchema } from "../schema/derive";
import { valueKind } from "../value";
import type { Values } from "../values";
import { EXTENDED_USES, KEY_USES, alternativeNames, certificate, certificateRequest, nameOf, type Names, type Subject, type Terms } from "./certificates";
import { CURVES, algorithmOf, generate, readPrivateKey, texts, type Algorithm } from "./keys";

const schema = JSON.parse(readFileSync(join(__dirname, "schema.json"), "utf8")) as PackageSchema;
const HOUR = 3_600_000;
const ALGORITHMS = ["RSA", "ECDSA", "ED25519"];

const privateKey = valueKind<{ algorithm: Algorithm; rsaBits?: number; ecdsaCurve?: string }>({
    token: "tls:index/privateKey:PrivateKey",
    schema: schema.resources["tls:index/privateKey:PrivateKey"]!,
    check({ algorithm, rsaBits, ecdsaCurve }) {
        const failures: Failure[] = [];
        if (algorithm !== undefined && !ALGORITHMS.includes(algorithm)) failures.push({ property: "algorithm", reason: `"algorithm" must be one of ${ALGORITHMS.join(", ")}, got "${algorithm}"` });
        if (ecdsaCurve !== undefined && !(ecdsaCurve in CURVES)) failures.push({ property: "ecdsaCurve", reason: `"ecdsaCurve" must be one of ${Object.keys(CURVES).join(", ")}, got "${ecdsaCurve}"` });
        if (rsaBits !== undefined && (rsaBits < 1024 || rsaBits > 16_384)) failures.push({ property: "rsaBits", reason: `"rsaBits" must be 1024 to 16384, got ${rsaBits}` });
        return failures;
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
    check: (inputs) => [...uses(inputs.allowedUses), ...oneKey(inputs, "privateKeyPem")],
    diff: renewed,
    now: readiness,
    async make(inputs) {
        const key = readPrivateKey(inputs.privateKeyPem ?? inputs.privateKeyPemWo ?? "");
        const made = await certificate({ publicKey: createPublicKey(key), subject: nameOf(inputs.subject ?? {}), names: alternativeNames(inputs), terms: inputs }, { key });
        return { outputs: { isCaCertificate: false, setSubjectKeyId: false, setAuthorityKeyId: false, earlyRenewalHours: 0, ...inputs, keyAlgorithm: algorithmOf(key), ...signed(made) } };
    },
});

const certRequest = valueKind<Values & Names & { privateKeyPem?: string; privateKeyPemWo?: string; subject?: Subject }>({
    token: "tls:index/certRequest:CertRequest",
    schema: schema.resources["tls:index/certRequest:CertRequest"]!,
    check: (inputs) => oneKey(inputs, "privateKeyPem"),
    async make(inputs) {
        const key = readPrivateKey(inputs.privateKeyPem ?? inputs.privateKeyPemWo ?? "");
        return { outputs: { ...inputs, keyAlgorithm: algorithmOf(key), certRequestPem: await certificateRequest(key, inputs.subject ?? {}, inputs) } };
    },
});

const locallySignedCert = valueKind<Values & Terms & Renewal & { certRequestPem: string; caCertPem: string; caPrivateKeyPem?: string; caPrivateKeyPemWo?: string }>({
    token: "tls:index/locallySignedCert:LocallySignedCert",
    schema: schema.resources["tls:index/locallySignedCert:LocallySignedCert"]!,
    check: (inputs) => [...uses(inputs.allowedUses), ...oneKey(inputs, "caPrivateKeyPem")],
    diff: renewed,
    now: readiness,
    async make(inputs) {
        const key = readPrivateKey(inputs.caPrivateKeyPem ?? inputs.caPrivateKeyPemWo ?? "");
        const request = new x509.Pkcs10CertificateRequest(inputs.certRequestPem);
        const names = request.extensions.filter((extension) => extension instanceof x509.SubjectAlternativeNameExtension);
        const publicKey = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: "der", type: "spki" });
        const made = await certificate({ publicKey, subject: request.subjectName, names, terms: inputs }, { key, issuer: new x509.X509Certificate(inputs.caCertPem) });
        return { outputs: { isCaCertificate: false, setSubjectKeyId: false, earlyRenewalHours: 0, ...inputs, caKeyAlgorithm: algorithmOf(key), ...signed(made) } };
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

/** Inside the early renewal window the next run makes a new certificate. */
function renewed(olds: Values, _news: Values, found: Difference[]): Difference[] {
    return readiness(olds).readyForRenewal ? [...found, { path: "readyForRenewal", kind: "update", replace: true }] : found;
}

function readiness(state: Values): Values {
    const early = Number(state.earlyRenewalHours ?? 0) * HOUR;
    return { readyForRenewal: Date.now() >= Date.parse(String(state.validityEndTime)) - early };
}

function uses(allowed: string[] = []): Failure[] {
    const known = [...Object.keys(KEY_USES), ...Object.keys(EXTENDED_USES)];
    return allowed.flatMap((use, i) => (known.includes(use) ? [] : [{ property: `allowedUses[${i}]`, reason: `"${use}" is no key usage; there are ${known.join(", ")}` }]));
}

function oneKey(inputs: Values, name: string): Failure[] {
    if (inputs[name] === undefined || inputs[`${name}Wo`] === undefined) return [];
    return [{ property: `${name}Wo`, reason: `exactly one of "${name}" and "${name}Wo" may be given` }];
}

function fingerprint(publicKeyPem: string): string {
    return Buffer.from(createPublicKey(publicKeyPem).export({ format: "der", type: "spki" })).toString("hex").slice(-40);
}

import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
x509.cryptoProvider.set(webcrypto as never);

export interface Authority {
    pem: string;
    /** One PEM text with certificate and key, valid from `from` to `to`. */
    issue(name: string, from?: Date, to?: Date): Promise<string>;
}

const day = 86_400_000;

/** A certificate authority of the test's own. */
export async function authority(): Promise<Authority> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const root = await x509.X509CertificateGenerator.createSelfSigned({
        name: "CN=test authority",
        keys: keys as never,
        signingAlgorithm: algorithm,
        notBefore: new Date(Date.now() - day),
        notAfter: new Date(Date.now() + 365 * day),
        extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
    });
    return {
        pem: root.toString("pem"),
        async issue(name, from = new Date(Date.now() - day), to = new Date(Date.now() + 90 * day)) {
            const leaf = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
            const certificate = await x509.X509CertificateGenerator.create({
                subject: `CN=${name}`,
                issuer: root.subject,
                publicKey: leaf.publicKey as never,
                signingKey: keys.privateKey as never,
                signingAlgorithm: algorithm,
                notBefore: from,
                notAfter: to,
                extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
            });
            const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", leaf.privateKey)).toString("base64");
            return `${certificate.toString("pem")}\n-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}(?=.)/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
        },
    };
}

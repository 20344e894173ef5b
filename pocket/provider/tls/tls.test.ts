import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../../../testing/scratch";
import { TestCloud } from "../testing/cloud";
import type { Values } from "../values";
import { tls } from "./index";

const cloud = new TestCloud(tls.kinds, "global");
const key = async (inputs: object): Promise<Record<string, string>> => (await cloud.make("PrivateKey", inputs as Values)).state as Record<string, string>;

describe("tls", () => {
    it.each([{ algorithm: "ED25519" }, { algorithm: "RSA" }, { algorithm: "ECDSA", ecdsaCurve: "P256" }])("%j makes a key that ssh-keygen reads", async (inputs) => {
        const made = await key(inputs);
        const file = join(scratch(), "key");
        writeFileSync(file, made.privateKeyOpenssh!, { mode: 0o600 });
        expect(execFileSync("ssh-keygen", ["-y", "-f", file], { encoding: "utf8" }).trim().split(" ").slice(0, 2).join(" ")).toBe(made.publicKeyOpenssh!.trim());
        expect(execFileSync("ssh-keygen", ["-l", "-f", file], { encoding: "utf8" })).toContain(made.publicKeyFingerprintSha256);
        expect(execFileSync("ssh-keygen", ["-l", "-E", "md5", "-f", file], { encoding: "utf8" })).toContain(`MD5:${made.publicKeyFingerprintMd5}`);
    });

    it.each([{ algorithm: "ED25519" }, { algorithm: "RSA" }, { algorithm: "ECDSA", ecdsaCurve: "P384" }])("%j: a CA signs a request", async (inputs) => {
        const [caKey, serverKey] = [await key(inputs), await key(inputs)];
        const ca = (await cloud.make("SelfSignedCert", {
            privateKeyPem: caKey.privateKeyPem, subject: { commonName: "Test CA", organization: "A, B" }, isCaCertificate: true, validityPeriodHours: 24, allowedUses: ["cert_signing", "crl_signing"],
        })).state;
        const request = (await cloud.make("CertRequest", { privateKeyPem: serverKey.privateKeyPem, subject: { commonName: "db" }, dnsNames: ["db.cn.yourapp.test"], ipAddresses: ["127.0.0.1"] })).state;
        const { state } = await cloud.make("LocallySignedCert", {
            certRequestPem: request.certRequestPem, caCertPem: ca.certPem, caPrivateKeyPem: caKey.privateKeyPem, validityPeriodHours: 12, allowedUses: ["digital_signature", "server_auth"],
        });
        const [issuer, leaf] = [new X509Certificate(ca.certPem as string), new X509Certificate(state.certPem as string)];
        expect([leaf.verify(issuer.publicKey), leaf.checkIssued(issuer), issuer.ca, leaf.ca]).toEqual([true, true, true, false]);
        expect(leaf.subjectAltName).toBe("DNS:db.cn.yourapp.test, IP Address:127.0.0.1");
        expect(Date.parse(state.validityEndTime as string) - Date.parse(state.validityStartTime as string)).toBe(12 * 3_600_000);
        expect([state.caKeyAlgorithm, state.readyForRenewal]).toEqual([inputs.algorithm, false]);
        const folder = scratch();
        writeFileSync(join(folder, "ca"), ca.certPem as string);
        writeFileSync(join(folder, "leaf"), state.certPem as string);
        expect(execFileSync("openssl", ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", join(folder, "ca"), join(folder, "leaf")], { encoding: "utf8" })).toContain(": OK");
    });

    it("wants a new certificate inside the renewal window", () => {
        const kind = cloud.kind("SelfSignedCert");
        const ends = (hours: number): Values => ({ validityEndTime: new Date(Date.now() + hours * 3_600_000).toISOString(), earlyRenewalHours: 5 });
        expect(kind.diff?.(ends(6), {}, [])).toEqual([]);
        expect(kind.diff?.(ends(4), {}, [])).toEqual([{ path: "readyForRenewal", kind: "update", replace: true }]);
    });

    it("refuses an algorithm, a curve and a use that are not there", () => {
        expect(cloud.refused("PrivateKey", { algorithm: "DSA" })[0]).toContain("algorithm");
        expect(cloud.refused("PrivateKey", { algorithm: "ECDSA", ecdsaCurve: "P999" })[0]).toContain("ecdsaCurve");
        expect(cloud.refused("SelfSignedCert", { allowedUses: ["server"] })[0]).toContain("allowedUses[0]");
    });
});

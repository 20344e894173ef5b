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

    describe.each(["SelfSignedCert", "LocallySignedCert"])("%s", (type) => {
        const given: Values = { validityPeriodHours: 10, allowedUses: ["server_auth"] };
        const state = (hours: number): Values => ({ ...given, earlyRenewalHours: 0, isCaCertificate: false, setSubjectKeyId: false, validityEndTime: new Date(Date.now() + hours * 3_600_000).toISOString() });

        it.each<[string, Values, string[]]>([
            ["defaults that are written out", { earlyRenewalHours: 0, isCaCertificate: false, setSubjectKeyId: false }, []],
            ["an early renewal, in place", { earlyRenewalHours: 2 }, ["update earlyRenewalHours"]],
            ["an early renewal that is due at once", { earlyRenewalHours: 7 }, ["update earlyRenewalHours", "replace readyForRenewal"]],
            ["a longer life", { validityPeriodHours: 11 }, ["replace validityPeriodHours"]],
        ])("plans %s", (_, more, changes) => expect(cloud.changes(type, given, { ...given, ...more }, state(6))).toEqual(changes));

        it("plans a new one at its end", () => expect(cloud.changes(type, given, given, state(-1))).toEqual(["replace readyForRenewal"]));

        it.each<[Values, string]>([
            [{ validityPeriodHours: -1 }, "validityPeriodHours"], [{ earlyRenewalHours: -5 }, "earlyRenewalHours"], [{ validityPeriodHours: 1.5 }, "validityPeriodHours"],
            [{ maxPathLength: -2 }, "maxPathLength"], [{ allowedUses: ["server_auth", "server"] }, "allowedUses[1]"],
        ])("refuses %j", (more, property) => expect(cloud.refused(type, { ...given, ...more }).map((text) => text.split(": ")[0])).toEqual([property]));
    });

    it("changes the early renewal of a certificate and leaves the certificate", async () => {
        const { privateKeyPem } = await key({ algorithm: "ED25519" });
        const given: Values = { privateKeyPem, validityPeriodHours: 10, allowedUses: ["server_auth"], earlyRenewalHours: 1 };
        const { id, state } = await cloud.make("SelfSignedCert", given);
        const update = (news: Values) => cloud.kind("SelfSignedCert").update!(id, state, news, cloud.context());
        expect(await update({ ...given, earlyRenewalHours: 2 })).toEqual({ ...state, earlyRenewalHours: 2 });
        const { earlyRenewalHours: _, ...without } = given;
        expect(await update(without)).toEqual({ ...state, earlyRenewalHours: 0 });
    });

    it("gives an authority with a path length of -1 no limit", async () => {
        const { privateKeyPem } = await key({ algorithm: "ED25519" });
        const basic = async (more: Values) => {
            const { state } = await cloud.make("SelfSignedCert", { privateKeyPem, isCaCertificate: true, validityPeriodHours: 10, allowedUses: [], ...more });
            return execFileSync("openssl", ["x509", "-noout", "-ext", "basicConstraints"], { input: state.certPem as string, encoding: "utf8" }).trim().split("\n").at(-1)?.trim();
        };
        expect([await basic({ maxPathLength: -1 }), await basic({ maxPathLength: 0 }), await basic({})]).toEqual(["CA:TRUE", "CA:TRUE, pathlen:0", "CA:TRUE"]);
    });

    it("takes a key's defaults written out for no change", () => {
        expect(cloud.changes("PrivateKey", { algorithm: "RSA" }, { algorithm: "RSA", rsaBits: 2048, ecdsaCurve: "P224" })).toEqual([]);
        expect(cloud.changes("PrivateKey", { algorithm: "RSA", rsaBits: 4096 }, { algorithm: "RSA" })).toEqual(["replace rsaBits"]);
    });

    it("refuses a name that is no address", () => {
        expect(cloud.refused("CertRequest", { ipAddresses: ["127.0.0.1", "::1", "db"], uris: [""] }).map((text) => text.split(":")[0]!.slice(0, 20))).toEqual(["ipAddresses[2]", "uris[0]"]);
    });

    it("refuses an algorithm, a curve and a use that are not there", () => {
        expect(cloud.refused("PrivateKey", { algorithm: "DSA" })[0]).toContain("algorithm");
        expect(cloud.refused("PrivateKey", { algorithm: "ECDSA", ecdsaCurve: "P999" })[0]).toContain("ecdsaCurve");
        expect(cloud.refused("SelfSignedCert", { allowedUses: ["server"] })[0]).toContain("allowedUses[0]");
    });
});

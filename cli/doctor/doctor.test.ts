import { describe, expect, it } from "vitest";
import { checkAws } from "./credentials";
import { checkDomain } from "./domain";
import { findingText } from "./finding";
import { checkSettings, rawSettings } from "./settings";

describe("doctor", () => {
    it("reads committed settings as the program gets them", () => {
        const yaml = "config:\n  antipode:domain: yourapp.com\n  antipode:diskGb: 50\n  antipode:peers: [us]\n  antipode:jwt: {secure: v1:x}\n  aws:region: r\n";
        expect(rawSettings(yaml, "antipode")).toEqual({
            values: { domain: "yourapp.com", diskGb: "50", peers: '["us"]', jwt: "encrypted" },
            secrets: new Set(["jwt"]),
        });
    });

    it("names each setting that is missing, with the line that sets it", () => {
        const { level, text } = checkSettings("edge", "config:\n  antipode:domain: yourapp.com\n", "antipode");
        expect(level).toBe("missing");
        expect(text).toContain("pulumi config set --stack edge --secret antipode:cloudflareApiToken");
    });

    it.each([
        [{ env: { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" }, sharedFile: false }, "good"],
        [{ env: { AWS_ACCESS_KEY_ID: "a" }, sharedFile: false }, "missing"],
        [{ env: { AWS_PROFILE: "prod" }, sharedFile: false }, "good"],
        [{ env: {}, sharedFile: true }, "good"],
    ])("finds AWS credentials: %j", (traces, level) => expect(checkAws(traces).level).toBe(level));

    it.each([
        ["yourapp.com", () => Promise.resolve(["ada.ns.cloudflare.com"]), "good"],
        ["yourapp.com", () => Promise.resolve(["ns1.registrar.example"]), "missing"],
        ["yourapp.com", () => Promise.reject(Object.assign(new Error(), { code: "ETIMEOUT" })), "attention"],
        ["localhost", () => Promise.resolve([]), "missing"],
    ])("looks where the zone of %s is", async (domain, ask, level) => expect((await checkDomain(domain, ask)).level).toBe(level));

    it("says what it found", () => {
        expect(findingText({ level: "missing", about: "settings of us", text: "a\nb" })).toBe("✘ settings of us: a\n    b");
    });
});

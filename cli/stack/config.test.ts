import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { compose, current, saltOf, type Settings } from "./config";

const cipher = { salt: "v1:salt", encrypt: (plain: string) => `sealed(${plain})` };
const committed = `
encryptionsalt: v1:other
config:
  aws:region: us-east-1
  antipode:domain: yourapp.com
  antipode:adminCidrs: [203.0.113.7/32]
  antipode:deepseekApiKey:
    secure: v1:real
  antipode:nested:
    inner: { secure: v1:real }
`;
const settings: Settings = {
    domain: { value: "yourapp.test" },
    jwtSecret: { value: "s3cret", secret: true },
    "cloudflare:apiToken": { value: "t", secret: true },
    peers: { value: ["us"] },
};

describe("a stack's settings on the pocket cloud", () => {
    const text = compose("antipode", committed, settings, cipher);

    it("are the committed ones under the pocket's, without anyone else's secrets", () => {
        expect(parse(text)).toEqual({
            encryptionsalt: "v1:salt",
            config: {
                "aws:region": "us-east-1",
                "antipode:domain": "yourapp.test",
                "antipode:adminCidrs": ["203.0.113.7/32"],
                "antipode:jwtSecret": { secure: "sealed(s3cret)" },
                "cloudflare:apiToken": { secure: "sealed(t)" },
                "antipode:peers": ["us"],
            },
        });
    });

    it("hold no secret in plain text", () => expect(text.replaceAll("sealed(s3cret)", "")).not.toContain("s3cret"));

    it("are composed anew only when a source has changed", () => {
        expect(current(text, committed, settings)).toBe(true);
        expect(current(text.replace("us-east-1", "us-west-2"), committed, settings)).toBe(true);
        expect(current(text, `${committed} `, settings)).toBe(false);
        expect(current(text, committed, { ...settings, domain: { value: "other.test" } })).toBe(false);
    });

    it("tell their salt", () => expect(saltOf(text)).toBe("v1:salt"));
    it("come from an empty file too", () => expect(parse(compose("antipode", "", {}, cipher)).config).toEqual({}));
});

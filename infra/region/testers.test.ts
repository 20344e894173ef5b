import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OPENID } from "../../app/auth/openid";
import { testerProof } from "../../app/auth/tester";
import { openidRule, proofOf, proofsOf } from "../../pilot/gateway/testers";

describe("app and pilot, which import nothing of each other,", () => {
    it("take the same for an OpenID", () => expect(String(openidRule)).toBe(String(OPENID)));

    it("make the same proof: what one hands out the other's gateway takes", () => {
        fc.assert(fc.property(fc.stringMatching(OPENID), fc.stringMatching(/^[0-9A-Za-z]{64}$/), (openid, key) => {
            expect(testerProof(openid, key)).toBe(proofOf(openid, key));
            expect(proofsOf([openid], key)).toContain(testerProof(openid, key));
        }));
    });
});

import { expect, it } from "vitest";
import { testerProof } from "./tester";

it("the proof of a tester is what openssl makes of his OpenID, and the pilot as well (pilot/gateway/testers.test.ts)", () => {
    const key = "0aZ9".repeat(16);
    // printf 'antipode tester: o6_bmjrPTlm6_2sgVt7hMZOPfL2M' | openssl dgst -sha256 -hmac 0aZ9…
    expect(testerProof("o6_bmjrPTlm6_2sgVt7hMZOPfL2M", key)).toBe("77204034498d901c37b4978f98ccd5cd");
    expect(testerProof("o6_bmjrPTlm6_2sgVt7hMZOPfL2N", key)).not.toBe(testerProof("o6_bmjrPTlm6_2sgVt7hMZOPfL2M", key));
    expect(testerProof("o6_bmjrPTlm6_2sgVt7hMZOPfL2M", `${key}0`)).not.toBe(testerProof("o6_bmjrPTlm6_2sgVt7hMZOPfL2M", key));
});

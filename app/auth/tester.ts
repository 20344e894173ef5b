import { createHmac } from "node:crypto";

/**
 * By what the gateway knows a tester. Everybody is given his when he logs in; it opens nothing unless the gateway's list
 * names him, and nobody can make one who knows an OpenID and not the key. The pilot makes the same (pilot/gateway/testers.ts).
 * @param key TESTER_KEY, the same in all regions
 * @returns 32 hexadecimal digits, half of an HMAC-SHA256
 */
export function testerProof(openid: string, key: string): string {
    // The word before it keeps the proof of an OpenID from being any other that is made with this key.
    return createHmac("sha256", key).update(`antipode tester: ${openid}`).digest("hex").slice(0, 32);
}

import { createHmac } from "node:crypto";

/** What an OpenID looks like: the app's own rule (app/auth/openid.ts). WeChat's have 28 characters. */
export const openidRule = /^[\w-]{6,64}$/;

/** The parameter of a link that shows the candidate to whoever follows it. */
export const linkParameter = "antipode_test";

/**
 * What a tester proves himself with: the app gives it with each login (app/auth/tester.ts), and an OpenID alone does not
 * tell it. Half of an HMAC-SHA256, in hexadecimal: 32 digits.
 *
 * @param key which all regions have, and their apps
 */
export function proofOf(openid: string, key: string): string {
    return proof(`antipode tester: ${openid}`, key);
}

/** What the link carries. It begins otherwise than that of any OpenID, so it is nobody's. */
export function linkProof(key: string): string {
    return proof("antipode test link", key);
}

/** Everything by which somebody gets the candidate whatever its weight: nothing without a key. */
export function proofsOf(openids: string[], key: string | undefined): string[] {
    return key === undefined ? [] : [...new Set([linkProof(key), ...openids.map((openid) => proofOf(openid, key))])];
}

/** The link's query, without the question mark. */
export function testLink(key: string | undefined): string | undefined {
    return key === undefined ? undefined : `${linkParameter}=${linkProof(key)}`;
}

function proof(of: string, key: string): string {
    return createHmac("sha256", key).update(of).digest("hex").slice(0, 32);
}

import { createHash } from "node:crypto";

/** What was asked, in a few bytes: by it a key that comes again is told from one that is used for something else. */
export const questionOf = (sessionId: string, message: string): string => uuidOf("question", sessionId, message);

/**
 * A UUID that these words always give, and no others (version 8 of RFC 9562: the bits are our own, here of a SHA-256).
 * By it a repeated request finds what the first one made, in whichever region it arrives.
 */
export function uuidOf(...words: string[]): string {
    const bytes = createHash("sha256").update(JSON.stringify(words)).digest().subarray(0, 16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x80;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = bytes.toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

import { setDefaultAutoSelectFamilyAttemptTimeout } from "node:net";

/**
 * How long Node tries one address of a name before it tries the next one. Its own 250 ms are too short for a connection
 * across an ocean, which takes up to a second: a name with A and AAAA records was unreachable from a machine without IPv6.
 * A lost SYN comes again after one second, so this is a second and a half. Whatever connects imports this file; the CLI does too, and the app has the same.
 */
export const ATTEMPT_MS = 1_500;

setDefaultAutoSelectFamilyAttemptTimeout(ATTEMPT_MS);

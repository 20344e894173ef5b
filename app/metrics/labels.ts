import { createHash } from "node:crypto";

/** Ends that are no error of the service's or the model's: each is told by its own name. */
const NAMED = new Set(["done", "stopped", "taken_over", "draining"]);
/** An answer had begun, and did not come to its end. */
const CUT = new Set(["upstream_cut", "upstream_stalled"]);

/**
 * The two labels of a turn's end.
 * @param end "done", "stopped" or the code of the error
 */
export function labelsOfEnd(end: string): { end: string; code: string } {
    if (NAMED.has(end)) return { end, code: "" };
    return { end: CUT.has(end) ? "cut" : "error", code: end };
}

/** Known to the documentation of code2session, or seen; anything else could be anything. */
const ERRCODES = new Set(["0", "-1", "40013", "40029", "40125", "40163", "40164", "40226", "41002", "41004", "41008", "45011", "not_connected", "no_answer"]);

export const labelOfErrcode = (errcode: string): string => (ERRCODES.has(errcode) ? errcode : "other");

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Node's parser knows some thirty methods; of those that no route has, anybody could make as many series. */
export const labelOfMethod = (method: string): string => (METHODS.has(method) ? method : "other");

/** Few enough for labels, and so many that one of them can be left out of a verdict. */
const COHORTS = 32;

/** The group of users that a user is in. Users cannot choose their ids, so nobody chooses a cohort. */
export const cohortOf = (userId: string): string => String(createHash("sha256").update(userId).digest().readUInt32BE() % COHORTS);

/** How a turn counts in its cohort; undefined if its user, or a new version, ended it. */
export function cohortEndOf(end: string): "finished" | "unfinished" | undefined {
    if (NAMED.has(end)) return end === "done" ? "finished" : undefined;
    return end === "content_refused" ? "finished" : "unfinished";
}

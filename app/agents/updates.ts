import type { Document } from "mongodb";
import type { Agent, Words } from "./document";

/*
 * What the database is asked to do with a session's document, as aggregation pipelines: they decide inside one atomic
 * update and read the clock of the database (`$$NOW`), the same for both regions. Whatever came from outside stands
 * under `$literal`, where a `$` means nothing.
 */

/** How long an instance that says nothing keeps a session to itself: after a crash it is free again within this time. */
export const LEASE_MS = 30_000;
/** Of messages and words. The step that goes over it is finished, so a document grows some MiB larger, of the 16 that it may have. */
export const MAX_BYTES = 1024 * 1024;

const NOW = "$$NOW";
const later = (ms: number): Document => ({ $add: [NOW, ms] });
const EXPIRES = { $add: [NOW, { $multiply: ["$ttlSeconds", 1000] }] };

/** A user's session that has not expired: the database removes those that have within a minute, not at once. */
export function living(userId: string, sessionId: string): Document {
    return { sessionId, userId, $expr: { $gt: ["$expiresAt", NOW] } };
}

export interface NewSession {
    sessionId: string;
    userId: string;
    agents: Agent[];
    rounds: number;
    ttlSeconds: number;
}

export function created(given: NewSession): Document[] {
    const fixed = { _id: given.sessionId, ...given, steps: [], bytes: 0, lease: null, state: "{}", revision: 0 };
    return [{ $replaceWith: { $mergeObjects: [{ $literal: fixed }, { createdAt: NOW, updatedAt: NOW }] } }, { $set: { expiresAt: EXPIRES } }];
}

export interface NewStep {
    id: string;
    message: string;
    /** Names this taking of the lease, and the turn where a step is taken over. */
    nonce: string;
}

/**
 * Takes the lease for a step if no other has it, the step has not ended and there is room; a step that is not there yet
 * is appended, and one before it that never ended is closed. Else nothing changes; nor does it for another message under
 * the step's id.
 *
 * Who takes a step over runs another turn: its events are other ones, and a reader's position in the first turn's stream
 * means nothing among them.
 */
export function begun({ id, message, nonce }: NewStep): Document[] {
    const size = Buffer.byteLength(message);
    const free = { $lte: [{ $ifNull: ["$lease.until", new Date(0)] }, NOW] };
    const known = { $in: [id, "$steps.id"] };
    const ended = { $in: [id, { $map: { input: "$steps", in: { $cond: [{ $gt: ["$$this.end", null] }, "$$this.id", null] } } }] };
    const same = { $in: [{ $literal: message }, { $map: { input: "$steps", in: { $cond: [{ $eq: ["$$this.id", id] }, "$$this.message", null] } } }] };
    const taken = { $and: [free, { $not: [ended] }, { $cond: [known, same, { $lte: [{ $add: ["$bytes", size] }, MAX_BYTES] }] }] };
    const added = { $and: [taken, { $not: [known] }] };
    const step = { id, turns: [id], message: { $literal: message }, at: NOW, words: [] };
    const again = { $mergeObjects: ["$$this", { turns: { $concatArrays: ["$$this.turns", [nonce]] } }] };
    const continued = { $map: { input: "$steps", in: { $cond: [{ $eq: ["$$this.id", id] }, again, "$$this"] } } };
    const closed = { $map: { input: "$steps", in: { $mergeObjects: [{ end: "interrupted", endedAt: NOW }, "$$this"] } } };
    const lease = { step: id, turn: { $cond: [known, nonce, id] }, nonce, until: later(LEASE_MS) };
    return [
        {
            $set: {
                steps: { $cond: [taken, { $cond: [known, continued, { $concatArrays: [closed, [step]] }] }, "$steps"] },
                bytes: { $cond: [added, { $add: ["$bytes", size] }, "$bytes"] },
                lease: { $cond: [taken, lease, "$lease"] },
                updatedAt: { $cond: [taken, NOW, "$updatedAt"] },
                expiresAt: { $cond: [taken, EXPIRES, "$expiresAt"] },
            },
        },
    ];
}

export type NewWords = Omit<Words, "at">;

/** The end of a step, and whose turn it was then. */
export interface StepEnd {
    end: string;
    endedIn: string;
}

/**
 * Adds words to the step that holds the lease, the last one, unless they are there; with an end the step is over and the
 * session free, else the lease begins anew. Done twice it does no more than once.
 * @param place of the words in the step, from 0
 */
export function kept(place: number, words: NewWords | undefined, end: StepEnd | undefined): Document[] {
    const missing = words ? { $eq: [{ $size: { $last: "$steps.words" } }, place] } : { $literal: false };
    const said = { $cond: [missing, [{ $mergeObjects: [{ $literal: words ?? {} }, { at: NOW }] }], []] };
    const over = end ? [{ $literal: end }, { endedAt: NOW }] : [];
    const changed = { $mergeObjects: ["$$this", { words: { $concatArrays: ["$$this.words", said] } }, ...over] };
    return [
        {
            $set: {
                steps: { $map: { input: "$steps", in: { $cond: [{ $eq: ["$$this.id", "$lease.step"] }, changed, "$$this"] } } },
                bytes: { $add: ["$bytes", { $cond: [missing, Buffer.byteLength(words?.content ?? ""), 0] }] },
                // Freed by its time alone: whoever repeats this write is still known by the nonce.
                "lease.until": end ? NOW : later(LEASE_MS),
                updatedAt: NOW,
                expiresAt: EXPIRES,
            },
        },
    ];
}

/** Holds the lease for longer, and the session for as long as that; does nothing when it is overtaken by the step's end. */
export function renewed(): Document[] {
    const over = { $let: { vars: { step: { $last: "$steps" } }, in: { $gt: ["$$step.end", null] } } };
    return [{ $set: { "lease.until": { $cond: [over, "$lease.until", later(LEASE_MS)] }, expiresAt: { $max: ["$expiresAt", later(LEASE_MS)] } } }];
}

/** Frees the session while the step goes on: another instance may take it over at once. */
export function released(): Document[] {
    return [{ $set: { "lease.until": NOW } }];
}

/** @param state JSON text */
export function saved(state: string): Document[] {
    return [{ $set: { state: { $literal: state }, revision: { $add: ["$revision", 1] }, updatedAt: NOW, expiresAt: EXPIRES } }];
}

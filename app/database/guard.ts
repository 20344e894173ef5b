import { MongoError, MongoServerError } from "mongodb";
import { HttpError } from "../errors/errors";

/**
 * For whatever is told to a user as kept. Without `journal`, a standalone mongod acknowledges up to 100 ms before the
 * write is on its disk, `majority` or not.
 */
export const KEPT = { writeConcern: { w: "majority", journal: true } } as const;

export const DUPLICATE_KEY = 11000;

/** What the server may take for one operation (`maxTimeMS`). */
export const OPERATION_MS = 5_000;
/**
 * What an operation may take from here, waiting for a server and for a connection included. The driver's own
 * `timeoutMS` has no effect in 7.9.0.
 */
const DEADLINE_MS = 8_000;

/**
 * Runs a database operation with a deadline.
 * @param away gives up at once when it is aborted
 * @throws HttpError database_unavailable when it is too late, the way to the database is broken or the server refuses;
 * a duplicate key, which says something about the data, is thrown as it is
 */
export async function guarded<T>(operation: () => Promise<T>, away?: AbortSignal): Promise<T> {
    try {
        return await within(operation(), DEADLINE_MS, away);
    } catch (error) {
        const duplicate = error instanceof MongoServerError && error.code === DUPLICATE_KEY;
        if (duplicate || !(error instanceof MongoError || error instanceof Late || isOfTheWay(error))) throw error;
        throw new HttpError("database_unavailable", { retryAfter: 2, cause: error });
    }
}

/** The driver hands on what a socket says as it is, when it ends between two commands (7.9.0). */
function isOfTheWay(error: unknown): boolean {
    return ["EPIPE", "ECONNRESET", "ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"].includes(String((error as NodeJS.ErrnoException).code));
}

/** A deadline has passed. */
export class Late extends Error {}

/** The promise's result, or Late after so many milliseconds or when given up; the promise itself is left to end on its own. */
export async function within<T>(promise: Promise<T>, ms: number, giveUp?: AbortSignal): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let onGiveUp = () => {};
    const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Late(`not within ${ms} ms`)), ms);
        onGiveUp = () => reject(new Late("given up"));
        giveUp?.addEventListener("abort", onGiveUp, { once: true });
    });
    promise.catch(() => undefined);
    return Promise.race([promise, late]).finally(() => {
        clearTimeout(timer);
        giveUp?.removeEventListener("abort", onGiveUp);
    });
}

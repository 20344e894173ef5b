import type { StreamError, StreamErrorCode } from "../errors/errors";
import { NoText } from "./failure";
import { Refusal } from "./refusal";

/** A moment's trouble, which the next moment may not have. */
const transient: ReadonlySet<StreamErrorCode> = new Set(["upstream_unreachable", "upstream_busy", "upstream_failed", "upstream_cut"]);
/** Another service would not do better: it is the request, or whoever asked is gone. */
const final: ReadonlySet<StreamErrorCode> = new Set(["content_refused", "upstream_refused", "upstream_too_long", "internal"]);

const BACKOFF_MS = 200;
/** A service that wants to be left alone for longer is: the user waits. */
const MAX_WAIT_MS = 2_000;

export interface Attempted {
    /** Text was told: nothing else can be put in its place. */
    begun: boolean;
    /** The same service was asked twice already. */
    retried: boolean;
    /** No other service is left. */
    last: boolean;
    /** A shorter prompt can still be sent to the same service. */
    shortens: boolean;
    /** Until the first token has to be there. */
    leftMs: number;
    /** 0 … 1, for the jitter. */
    random: number;
}

/** What to do after a failure: no more, ask the next service, or ask the same one again after that many milliseconds. */
export type Step = "end" | "next" | { again: number };

export function afterFailure(error: StreamError, { begun, retried, last, shortens, leftMs, random }: Attempted): Step {
    // Thoughts may have been told, but no text that another answer would contradict.
    if ((begun && !(error instanceof NoText)) || final.has(error.code) || leftMs <= 0) return "end";
    if (error.code === "context_too_long" && shortens) return { again: 0 };
    const asked = error instanceof Refusal ? error.retryAfterMs : undefined;
    const again = Math.max(asked ?? 0, BACKOFF_MS * (1 + random));
    if (!retried && transient.has(error.code) && again <= MAX_WAIT_MS && again < leftMs) return { again };
    return last ? "end" : "next";
}

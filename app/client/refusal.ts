import type { Head } from "./transport";
import type { Failure } from "./turn";
import { isPassing, isPassingPage, retryAfterMs } from "./retry";
import { utf8Decoder } from "./utf8";

/** What the client finds by itself; all other codes are the service's. */
export type OwnCode = "connection_lost" | "answer_malformed" | "left";

/** A request that failed: `code` is the service's or, where no answer came, the client's own. */
export class ChatError extends Error {
    readonly code: string;
    readonly status: number | undefined;
    /** The same may succeed later. */
    readonly retryable: boolean;
    /** Milliseconds that the service asks for. */
    readonly retryAfterMs: number | undefined;

    constructor(failure: Failure & { retryAfterMs?: number }) {
        super(failure.message);
        this.name = "ChatError";
        this.code = failure.code;
        this.status = failure.status;
        this.retryable = failure.retryable;
        this.retryAfterMs = failure.retryAfterMs;
    }
}

export const lost = (reason: string): ChatError => new ChatError({ code: "connection_lost", message: `The connection was lost: ${reason}`, retryable: true });

/** An answer that is not the service's: of something between it and this client, as a rule. */
export const malformed = (what: string, more: Partial<Omit<Failure, "code" | "message">> & { retryAfterMs?: number } = {}): ChatError =>
    new ChatError({ code: "answer_malformed", message: `That is no answer of the service: ${what}`, retryable: true, ...more });

/** The service's own codes; a gateway's JSON may have codes as well, of another form. */
const OWN_CODE = /^[a-z][a-z0-9_]*$/;

/** The refusal that an answer is. One that is not ours, such as a proxy's page, has the code `answer_malformed`. */
export function refusalOf(head: Head, body: string): ChatError {
    const { status } = head;
    const after = retryAfterMs(head.header("retry-after"));
    const wait = after === undefined ? {} : { retryAfterMs: after };
    const { code, message } = (parsed(body) ?? {}) as { code?: unknown; message?: unknown };
    if (typeof code !== "string" || !OWN_CODE.test(code)) return malformed(`status ${status}`, { status, retryable: isPassingPage(status), ...wait });
    return new ChatError({ code, message: String(message), status, retryable: isPassing(status), ...wait });
}

/** JSON, or undefined where it is none. */
export function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** The whole text of a body that came in pieces. */
export function textOf(pieces: Uint8Array[]): string {
    const decoder = utf8Decoder();
    return pieces.map((bytes) => decoder.decode(bytes)).join("");
}

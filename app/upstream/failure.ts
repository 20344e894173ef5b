import { StreamError } from "../errors/errors";

/** An answer that came to its end without a word for the user: nothing, thoughts alone, or a call of a tool. */
export class NoText extends StreamError {
    /** @param finishReason in the service's words */
    constructor(finishReason: string) {
        super("upstream_malformed", { cause: `${finishReason} without text` });
    }
}

/** What a failure on the way to a service or back means to a client. */
export function asStreamError(error: unknown): StreamError {
    if (error instanceof StreamError) return error;
    const { code, name } = error as { code?: unknown; name?: unknown };
    // Its own message and data are what the service sent.
    if (name === "HTTPParserError" || code === "UND_ERR_HEADERS_OVERFLOW") return new StreamError("upstream_malformed", { cause: "no HTTP/1.1" });
    // Whatever fails on the way has a code; a mistake of our own has none, or undici's for a wrong argument.
    if (typeof code !== "string" || code === "UND_ERR_INVALID_ARG" || error instanceof TypeError) return new StreamError("internal", { cause: error });
    // UND_ERR_SOCKET and ECONNRESET come after a connection was made; whatever fails before one is a matter of reaching it.
    const cut = code === "UND_ERR_SOCKET" || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH" || code === "ECONNRESET" || code === "EPIPE";
    return new StreamError(cut ? "upstream_cut" : "upstream_unreachable", { cause: code });
}

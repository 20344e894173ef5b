import { StreamError } from "../errors/errors";

/** What a failure on the way to a service or back means to a client. */
export function asStreamError(error: unknown): StreamError {
    if (error instanceof StreamError) return error;
    const { code } = error as { code?: unknown };
    // Whatever fails on the way has a code; a mistake of our own has none, or undici's for a wrong argument.
    if (typeof code !== "string" || code === "UND_ERR_INVALID_ARG" || error instanceof TypeError) return new StreamError("internal", { cause: error });
    // UND_ERR_SOCKET and ECONNRESET come after a connection was made; whatever fails before one is a matter of reaching it.
    const cut = code === "UND_ERR_SOCKET" || code === "ECONNRESET" || code === "EPIPE";
    return new StreamError(cut ? "upstream_cut" : "upstream_unreachable", { cause: code });
}

import { HttpError } from "../errors/errors";

/** No body that we take is deeper than half of that. */
const MAX_DEPTH = 8;
/** Operators and paths of MongoDB, the ways to a prototype, and the end of a text for whatever is written in C. */
const BAD_KEY = /^\$|[.\0]|^(?:__proto__|constructor|prototype)$/;
/** Half of a surrogate pair is no character: it would not survive UTF-8, so what was stored would not be what was sent. */
const BAD_TEXT = /\0|\p{Surrogate}/u;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A body as JSON, refused where it could mean something else further on than what it says here. Nothing is a body as
 * well: undefined. One pass before parsing and one after; neither calls itself deeper than MAX_DEPTH.
 * @throws HttpError malformed_json, invalid_request
 */
export function readJson(body: Buffer): unknown {
    if (body.length === 0) return undefined;
    let text: string;
    try {
        text = utf8.decode(body);
    } catch {
        throw new HttpError("malformed_json", { message: "The body is not UTF-8." });
    }
    if (isDeep(text)) throw new HttpError("invalid_request", { message: `body: is nested more than ${MAX_DEPTH} levels deep` });
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        // The parser's own sentence repeats what was sent.
        throw new HttpError("malformed_json");
    }
    const fault = faultIn(value);
    if (fault) throw new HttpError("invalid_request", { message: `body: ${fault}` });
    return value;
}

/** Counts brackets outside of strings and stops at the first one too many, so it is done before anything is built. */
function isDeep(text: string): boolean {
    let depth = 0;
    let quoted = false;
    for (let at = 0; at < text.length; at += 1) {
        const unit = text[at];
        if (quoted) {
            if (unit === "\\") at += 1;
            else if (unit === '"') quoted = false;
        } else if (unit === '"') quoted = true;
        else if (unit === "{" || unit === "[") {
            depth += 1;
            if (depth > MAX_DEPTH) return true;
        } else if (unit === "}" || unit === "]") depth -= 1;
    }
    return false;
}

function faultIn(value: unknown): string | undefined {
    if (typeof value === "string") return BAD_TEXT.test(value) ? "a text holds NUL or half of a surrogate pair" : undefined;
    if (value === null || typeof value !== "object") return undefined;
    for (const [key, inner] of Object.entries(value)) {
        if (BAD_KEY.test(key) || BAD_TEXT.test(key)) return "a key begins with $, holds a dot or is a word of the language";
        const fault = faultIn(inner);
        if (fault) return fault;
    }
    return undefined;
}

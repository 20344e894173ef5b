import { HttpError } from "../errors/errors";

/** What a body may be. Strict unless its route says that it keeps what it is given as text. */
export interface JsonLimits {
    /** Levels of objects and lists. */
    depth: number;
    /** Keys may be MongoDB's operators and paths. */
    anyKey: boolean;
}

/** No other body that we take is deeper than half of that. */
export const strict: JsonLimits = { depth: 8, anyKey: false };

const OPERATOR_KEY = /^\$|\./;
/** The ways to a prototype. */
const BAD_KEY = /^(?:__proto__|constructor|prototype)$/;
/**
 * NUL is the end of a text for whatever is written in C. Half of a surrogate pair is no character: it would not survive
 * UTF-8, so what was stored would not be what was sent.
 */
const BAD_TEXT = /\0|\p{Surrogate}/u;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A body as JSON, refused where it could mean something else further on than what it says here. Nothing is a body as
 * well: undefined. One pass before parsing and one after; the second one calls itself as deep as the limit allows.
 * @throws HttpError malformed_json, invalid_request
 */
export function readJson(body: Buffer, limits: JsonLimits = strict): unknown {
    if (body.length === 0) return undefined;
    let text: string;
    try {
        text = utf8.decode(body);
    } catch {
        throw new HttpError("malformed_json", { message: "The body is not UTF-8." });
    }
    if (isDeeper(text, limits.depth)) throw new HttpError("invalid_request", { message: `body: is nested more than ${limits.depth} levels deep` });
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        // The parser's own sentence repeats what was sent.
        throw new HttpError("malformed_json");
    }
    const fault = faultIn(value, limits);
    if (fault) throw new HttpError("invalid_request", { message: `body: ${fault}` });
    return value;
}

/** Counts brackets outside of strings and stops at the first one too many, so it is done before anything is built. */
function isDeeper(text: string, levels: number): boolean {
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
            if (depth > levels) return true;
        } else if (unit === "}" || unit === "]") depth -= 1;
    }
    return false;
}

function faultIn(value: unknown, limits: JsonLimits): string | undefined {
    if (typeof value === "string") return BAD_TEXT.test(value) ? "a text holds NUL or half of a surrogate pair" : undefined;
    if (value === null || typeof value !== "object") return undefined;
    for (const [key, inner] of Object.entries(value)) {
        if (BAD_KEY.test(key) || BAD_TEXT.test(key)) return "a key is a word of the language, or no text";
        if (!limits.anyKey && OPERATOR_KEY.test(key)) return "a key begins with $ or holds a dot";
        const fault = faultIn(inner, limits);
        if (fault) return fault;
    }
    return undefined;
}

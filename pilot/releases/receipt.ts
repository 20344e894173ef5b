/** What a receiver's answer says of an event. */
export interface Receipt {
    /** Why it was not taken; undefined if it was. */
    why?: string;
    /** When another try is of use: `later` is when a limit has passed; undefined if none is. */
    again?: "soon" | "later";
}

/** Errors that pass by themselves. */
const temporary: Record<string, "soon" | "later"> = {
    "-1": "soon", // DingTalk, WeCom: the system is busy
    "45009": "later", // WeCom: api freq out of limit
    "130101": "later", // DingTalk: send too fast
    "410100": "later", // DingTalk: the same, of newer robots
    "11232": "later", // Feishu: frequency limited
};

/**
 * Reads the answer of a webhook. Chat robots tell of an error inside a 200: DingTalk and WeCom in `errcode`, Feishu in
 * `code` or `StatusCode`, Slack in `ok`. A receiver of another kind took the event, whatever its 2xx says.
 */
export function receiptOf(status: number, text: string): Receipt {
    if (status < 200 || status > 299) return { why: `it answers ${status}`, again: "soon" };
    const body = objectIn(text);
    const code = numberIn(body.errcode) ?? feishuCode(body);
    const [message = ""] = [body.errmsg, body.msg, body.StatusMessage, body.error].filter((one) => typeof one === "string");
    const isLimit = /too many|frequency|rate.?limit/i.test(message);
    const said = message && ` (${plain(message)})`;
    if (code) return { why: `it answers the error ${code}${said}`, again: temporary[code] ?? (isLimit ? "later" : undefined) };
    if (body.ok === false) return { why: `it answers an error${said}`, again: isLimit ? "later" : undefined };
    return {};
}

/** Many receivers have a `code`, of which 0 or 200 is a success. Feishu's errors have four digits or more. */
function feishuCode({ code, msg, StatusCode }: Record<string, unknown>): number | undefined {
    const [now, old] = [numberIn(code), numberIn(StatusCode)];
    const isKnown = /^(9499|1[019]\d{3}|23\d{4}|9999\d{4})$/.test(String(now));
    if (now !== undefined && (isKnown || (now >= 1000 && typeof msg === "string")) && !/^(ok|success)$/i.test(String(msg))) return now;
    return old !== undefined && (old < 200 || old > 299) ? old : undefined;
}

/** Some answer with a number as text. */
const numberIn = (value: unknown): number | undefined => (/^-?\d+$/.test(String(value)) ? Number(value) : undefined);

function objectIn(text: string): Record<string, unknown> {
    try {
        const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
        return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    } catch {
        return {};
    }
}

/** The words of an error without what may be a token, for they are logged. */
const plain = (text: string): string => text.replace(/https?:\S+|\b[\w-]{20,}\b/g, "…").replace(/\p{Cc}/gu, " ").slice(0, 200);

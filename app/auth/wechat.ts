import "../connect";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, buildConnector, request } from "undici";
import { HttpError } from "../errors/errors";
import type { Settings } from "../settings/schema";

/** Of a login, the second try included: a mini-program gives up after 15 s at the latest. */
const DEADLINE_MS = 5_000;
/** Leaves room for a second try. */
const CONNECT_MS = 2_000;
const PAUSE_MS = 200;
/** WeChat's "busy, try again"; the code is not used up by it. */
const BUSY = -1;
const MAX_ANSWER_BYTES = 64 * 1024;

interface Answer {
    openid: unknown;
    /** Undefined when there is none, or when it is no number. */
    errcode: number | undefined;
}

/** No connection came about, TLS included, so nothing was sent. Any later failure may have used up the code. */
class NotConnected extends Error {}

type WeChatSettings = Pick<Settings, "WECHAT_API_URL" | "WECHAT_APPID" | "WECHAT_SECRET">;

/** WeChat's login for mini-programs: `code2session`. */
export class WeChat {
    /** Told how each request went: WeChat's errcode, 0 when it is good; "not_connected" or "no_answer". */
    onAnswer: (errcode: string) => void = () => {};
    private readonly agent = new Agent({ connect: connector });

    constructor(private readonly settings: WeChatSettings, private readonly times = { deadlineMs: DEADLINE_MS, pauseMs: PAUSE_MS }) {}

    /**
     * The OpenID of the person to whom WeChat gave this code. The session key that comes with it is not kept.
     * @throws HttpError login_code_invalid, login_refused, login_busy, wechat_unavailable
     */
    async openid(code: string): Promise<string> {
        const deadline = AbortSignal.timeout(this.times.deadlineMs);
        let answer = await this.ask(code, deadline);
        if (answer === "not connected" || answer.errcode === BUSY) {
            await sleep(this.times.pauseMs);
            answer = await this.ask(code, deadline);
        }
        if (answer === "not connected") throw new HttpError("wechat_unavailable", { cause: answer });
        if (!answer.errcode && isOpenid(answer.openid)) return answer.openid;
        throw refusal(answer.errcode);
    }

    close(): Promise<void> {
        return this.agent.close();
    }

    private async ask(code: string, signal: AbortSignal): Promise<Answer | "not connected"> {
        const url = new URL(`${this.settings.WECHAT_API_URL}/sns/jscode2session`);
        url.search = new URLSearchParams({
            appid: this.settings.WECHAT_APPID,
            secret: this.settings.WECHAT_SECRET,
            js_code: code,
            grant_type: "authorization_code",
        }).toString();
        try {
            const { body } = await request(url, { dispatcher: this.agent, signal });
            const parts: Buffer[] = [];
            let size = 0;
            for await (const part of body) {
                parts.push(part as Buffer);
                size += (part as Buffer).length;
                if (size > MAX_ANSWER_BYTES) throw new Error("the answer is too long");
            }
            // Sent as text/plain, and with status 200 also when it is a refusal.
            const answer = read(Buffer.concat(parts));
            this.onAnswer(String(answer.errcode || (isOpenid(answer.openid) ? 0 : "no_answer")));
            return answer;
        } catch (error) {
            const { code: failure, name } = error as { code?: unknown; name: string };
            this.onAnswer(error instanceof NotConnected ? "not_connected" : "no_answer");
            if (error instanceof NotConnected) return "not connected";
            // The error itself may hold the URL, and with it the secret and the code.
            throw new HttpError("wechat_unavailable", { cause: typeof failure === "string" ? failure : name });
        }
    }
}

const connect = buildConnector({ timeout: CONNECT_MS });

/** An error's code does not tell: ETIMEDOUT and ECONNRESET come before and after a connection. */
const connector: buildConnector.connector = (options, callback) =>
    connect(options, (...[error, socket]) => (error ? callback(new NotConnected("no connection", { cause: error }), null) : callback(null, socket)));

/** A byte-order mark, and numbers as texts, have been seen in answers of WeChat's and of proxies in front of it. */
function read(bytes: Buffer): Answer {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const { openid, errcode } = (typeof parsed === "object" && parsed ? parsed : {}) as { openid?: unknown; errcode?: unknown };
    if (errcode === undefined || errcode === null) return { openid, errcode: undefined };
    const number = /^-?\d+$/.test(String(errcode).trim()) ? Number(errcode) : undefined;
    return { openid: number === 0 ? openid : undefined, errcode: number };
}

const isOpenid = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Source of the codes: developers.weixin.qq.com, code2session. */
function refusal(errcode: number | undefined): HttpError {
    switch (errcode) {
        case 40029:
        case 40163:
            return new HttpError("login_code_invalid");
        case 40226:
            return new HttpError("login_refused");
        case 45011:
            return new HttpError("login_busy", { retryAfter: 60 });
        default:
            return new HttpError("wechat_unavailable", { cause: `errcode ${errcode ?? "none"}` });
    }
}

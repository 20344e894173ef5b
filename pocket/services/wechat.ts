import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson } from "./http";

export interface WechatOptions { appId: string; secret: string; now?: () => number }

/** A code lives for 5 minutes and is good for one use (developers.weixin.qq.com, wx.login). */
const CODE_LIFE_MS = 5 * 60 * 1000;

const MESSAGES: Record<number, string> = {
    [-1]: "system error",
    40002: "invalid grant_type",
    40013: "invalid appid",
    40029: "invalid code",
    40125: "invalid appsecret",
    40163: "code been used",
    40226: "code blocked",
    41002: "appid missing",
    41004: "appsecret missing",
    41008: "missing code",
    45011: "api minute-quota reach limit must slower",
};

interface Code { openid: string; until: number; used: boolean }

/**
 * WeChat's `code2session` (developers.weixin.qq.com, server/API/user-login/api_code2session) for one mini-program.
 * Every answer has status 200 and is `text/plain`; an error tells a `rid`.
 */
export class Wechat {
    private readonly codes = new Map<string, Code>();
    private readonly faults: { errcode: number; times: number }[] = [];

    constructor(private readonly options: WechatOptions) {}

    /**
     * What `wx.login` gives a user's client: a code for one login. The same user name has the same openid each time.
     */
    code(user = `visitor-${randomBytes(4).toString("hex")}`): string {
        const now = this.now();
        for (const [code, { until }] of this.codes) if (until + CODE_LIFE_MS < now) this.codes.delete(code);
        const code = `0${randomBytes(15).toString("hex")}`;
        this.codes.set(code, { openid: this.openid(user), until: now + CODE_LIFE_MS, used: false });
        return code;
    }

    /** Openids differ from app to app; they are 28 characters and begin with "o". */
    openid(user: string): string {
        return `o${createHash("sha256").update(`${this.options.appId}/${user}`).digest("base64url").slice(0, 27)}`;
    }

    /** The next logins meet this error: -1, 40226, 45011 or any other of WeChat's. */
    fail(errcode: number, times = 1): void {
        this.faults.push({ errcode, times });
    }

    /** `GET /sns/jscode2session`, and `GET /pocket/login?user=ada`, which stands for `wx.login` on that user's phone. */
    handle(request: IncomingMessage, response: ServerResponse): void {
        const url = new URL(request.url ?? "/", "https://api.weixin.qq.com");
        if (url.pathname === "/pocket/login") return sendJson(response, 200, { code: this.code(url.searchParams.get("user") ?? undefined) });
        if (url.pathname !== "/sns/jscode2session") return void response.writeHead(404).end();
        const answer = this.exchange(url.searchParams);
        response.writeHead(200, { "content-type": "text/plain" }).end(JSON.stringify(answer));
    }

    private exchange(query: URLSearchParams): object {
        const { appId, secret } = this.options;
        const fault = this.nextFault();
        if (fault !== undefined) return this.error(fault);
        if (!query.get("appid")) return this.error(41002);
        if (!query.get("secret")) return this.error(41004);
        if (!query.get("js_code")) return this.error(41008);
        if (query.get("grant_type") !== "authorization_code") return this.error(40002);
        if (query.get("appid") !== appId) return this.error(40013);
        if (query.get("secret") !== secret) return this.error(40125);
        const code = this.codes.get(query.get("js_code")!);
        if (!code || code.until <= this.now()) return this.error(40029);
        if (code.used) return this.error(40163);
        code.used = true;
        return { session_key: randomBytes(16).toString("base64"), openid: code.openid };
    }

    private nextFault(): number | undefined {
        const [fault] = this.faults;
        if (fault && --fault.times <= 0) this.faults.shift();
        return fault?.errcode;
    }

    private error(errcode: number): object {
        const part = () => randomBytes(4).toString("hex");
        const rid = `${Math.floor(this.now() / 1000).toString(16)}-${part()}-${part()}`;
        return { errcode, errmsg: `${MESSAGES[errcode] ?? "unknown error"}, rid: ${rid}` };
    }

    private now(): number {
        return (this.options.now ?? Date.now)();
    }
}

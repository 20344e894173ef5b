import { describe, expect, it } from "vitest";
import { Wechat } from "./wechat";

function start() {
    const clock = { now: 1_789_616_310_000 };
    const wechat = new Wechat({ appId: "wx1", secret: "s1", now: () => clock.now });
    const get = (url: string) => {
        const seen = { status: 0, type: "", body: {} as Record<string, unknown> };
        const response = {
            writeHead: (status: number, headers: Record<string, string>) => (Object.assign(seen, { status, type: headers["content-type"] }), response),
            end: (body: string) => (seen.body = JSON.parse(body)),
        };
        wechat.handle({ url } as never, response as never);
        return seen;
    };
    const login = (code: string, more: Record<string, string> = {}) =>
        get(`/sns/jscode2session?${new URLSearchParams({ appid: "wx1", secret: "s1", js_code: code, grant_type: "authorization_code", ...more })}`);
    return { wechat, clock, get, login };
}

describe("code2session", () => {
    it("gives openid and session key as text/plain", () => {
        const { wechat, login } = start();
        expect(login(wechat.code("ada"))).toEqual({
            status: 200,
            type: "text/plain",
            body: { openid: wechat.openid("ada"), session_key: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/) },
        });
        expect(wechat.openid("ada")).toMatch(/^o[\w-]{27}$/);
    });

    it("knows a user again by another code", () => {
        const { get, login } = start();
        const openid = (user: string) => login(String(get(`/pocket/login?user=${user}`).body.code)).body.openid;
        expect(openid("ada")).toBe(openid("ada"));
        expect(openid("ada")).not.toBe(openid("bob"));
    });

    it("takes a code once", () => {
        const { wechat, login } = start();
        const code = wechat.code("ada");
        login(code);
        expect(login(code).body).toEqual({ errcode: 40163, errmsg: expect.stringMatching(/^code been used, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/) });
    });

    it("takes a code for five minutes", () => {
        const { wechat, clock, login } = start();
        const [early, late] = [wechat.code("ada"), wechat.code("ada")];
        clock.now += 5 * 60 * 1000 - 1;
        expect(login(early).body.errcode).toBeUndefined();
        clock.now += 1;
        expect(login(late).body.errcode).toBe(40029);
    });

    it.each([
        ["an unknown code", {}, 40029], ["no appid", { appid: "" }, 41002], ["no secret", { secret: "" }, 41004], ["no code", { js_code: "" }, 41008],
        ["another appid", { appid: "wx2" }, 40013], ["a wrong secret", { secret: "s2" }, 40125], ["another grant", { grant_type: "x" }, 40002],
    ])("refuses %s", (_, more, errcode) => expect(start().login("nonsense", more).body.errcode).toBe(errcode));

    it("fails when told to, as often as told", () => {
        const { wechat, login } = start();
        wechat.fail(45011, 2);
        wechat.fail(-1);
        const codes = Array.from({ length: 4 }, () => login(wechat.code("ada")).body.errcode);
        expect(codes).toEqual([45011, 45011, -1, undefined]);
    });
});

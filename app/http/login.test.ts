import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testerProof } from "../auth/tester";
import { World, type App } from "../test/world";

describe("login", () => {
    let world: World;
    let app: App;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
    });
    afterAll(() => world.stop());

    const login = (code: unknown) => app.post("/api/auth/login", { code });
    const refusal = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];

    it("gives a token and an id that is not the OpenID", async () => {
        const response = await login("user:ada");
        expect(response.status).toBe(200);
        const body = (await response.json()) as { token: string; user: { id: string } };
        expect(body).toEqual({ token: expect.any(String), user: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
        const claims = JSON.parse(Buffer.from(body.token.split(".")[1]!, "base64url").toString());
        expect(claims).toEqual({ sub: body.user.id, iat: expect.any(Number), exp: claims.iat + 86_400 });
        expect(Object.fromEntries(world.wechat.queries.at(-1)!)).toEqual({
            appid: "wx0123456789abcdef",
            secret: "wechat-secret-91bc",
            js_code: "user:ada",
            grant_type: "authorization_code",
        });
    });

    it("gives everybody the proof of a tester, the same in each region, where there is a key", async () => {
        const TESTER_KEY = "0aZ9".repeat(16);
        const [us, cn] = await Promise.all([world.service({ TESTER_KEY }), world.service({ TESTER_KEY, REGION: "cn" })]);
        const proofs: unknown[] = [];
        for (const [region, openid] of [[us, "oPerson-ada"], [cn, "oPerson-ada"], [cn, "oPerson-bob"]] as const) {
            world.wechat.next.push({ openid, session_key: "c2Vzc2lvbg==" });
            proofs.push(((await (await region.post("/api/auth/login", { code: "any" })).json()) as { testerProof?: string }).testerProof);
        }
        expect(proofs).toEqual([testerProof("oPerson-ada", TESTER_KEY), testerProof("oPerson-ada", TESTER_KEY), testerProof("oPerson-bob", TESTER_KEY)]);
    });

    it("makes one user of many first logins at once", async () => {
        const openid = { openid: "oPerson-crowd", session_key: "c2Vzc2lvbg==" };
        world.wechat.next.push(...Array.from({ length: 10 }, () => openid));
        const ids = await Promise.all(Array.from({ length: 10 }, async () => ((await (await login("any")).json()) as any).user.id));
        expect(new Set(ids).size).toBe(1);
    });

    it("refuses a code that was used", async () => {
        await login("user:bob");
        expect(await refusal(await login("user:bob"))).toEqual([401, "login_code_invalid"]);
    });

    it.each([
        [40029, 401, "login_code_invalid"],
        [40163, 401, "login_code_invalid"],
        [40226, 403, "login_refused"],
        [45011, 429, "login_busy"],
        [40013, 502, "wechat_unavailable"],
        [41004, 502, "wechat_unavailable"],
    ])("answers WeChat's %i with %i %s", async (errcode, status, code) => {
        world.wechat.next.push({ errcode, errmsg: "no" });
        expect(await refusal(await login("any"))).toEqual([status, code]);
    });

    it("asks once more when WeChat is busy", async () => {
        world.wechat.next.push({ errcode: -1, errmsg: "system error" });
        expect((await login("user:cleo")).status).toBe(200);
    });

    it("takes an answer that is not JSON for a failure of WeChat", async () => {
        world.wechat.next.push("<html>busy</html>");
        expect(await refusal(await login("any"))).toEqual([502, "wechat_unavailable"]);
    });

    it.each([[""], [7], [{ $gt: "" }], [undefined], ["x".repeat(300)]])("refuses %j as a code", async (code) => {
        expect(await refusal(await login(code))).toEqual([400, "invalid_request"]);
    });

    it("lets nobody in without a valid token", async () => {
        const [header, body] = (await app.login()).split(".");
        const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url")}.${body}.`;
        for (const token of [undefined, "nonsense", unsigned, `${header}.${body}.AAAA`]) {
            const response = await app.post("/api/chat", { message: "Hello" }, token);
            expect(response.headers.get("www-authenticate")).toBe("Bearer");
            expect(await refusal(response)).toEqual([401, "unauthorized"]);
        }
    });

    it("writes neither code nor OpenID nor secret into the log", () => {
        expect(world.log).toContain('"route":"/api/auth/login"');
        expect(world.log).not.toMatch(/user:|oPerson|wechat-secret|jwt-secret|c2Vzc2lvbg/);
    });
});

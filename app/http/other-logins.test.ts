import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until, World, type App } from "../test/world";

const ada = { "X-WX-OPENID": "oPerson-ada", "X-WX-APPID": "wx0123456789abcdef", "X-WX-ENV": "prod-1abc" };

describe("a login without WeChat's code", () => {
    let world: World;
    beforeAll(async () => void (world = await World.start()));
    afterAll(() => world.stop());

    async function login(app: App, headers: Record<string, string>, body?: string): Promise<unknown[]> {
        const response = await fetch(`${app.url}/api/auth/login`, { method: "POST", headers: { ...(body !== undefined && { "Content-Type": "application/json" }), ...headers }, body });
        const { code, user } = (await response.json()) as { code?: string; user?: { id: string } };
        return [response.status, code ?? user?.id];
    }

    it("is taken from WeChat's hosting where nobody else can come, with any kind of empty body", async () => {
        const app = await world.service({ TRUST_WX_OPENID: "true", WECHAT_CLOUD_ENV: "prod-1abc" });
        const asked = world.wechat.queries.length;
        const first = await login(app, ada);
        expect(first).toEqual([200, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
        expect(await login(app, ada, "{}")).toEqual(first);
        expect(await login(app, { ...ada, "Content-Type": "application/json" })).toEqual(first);
        expect(world.wechat.queries.length).toBe(asked);
        // The same person as by a code: WeChat gives one OpenID for both.
        expect(await login(app, {}, '{"code":"user:ada"}')).toEqual(first);
        expect((await login(app, { ...ada, "X-WX-OPENID": "oPerson-bob" }))[1]).not.toBe(first[1]);
    });

    it("by a code goes by the code, there too", async () => {
        const app = await world.service({ TRUST_WX_OPENID: "true", WECHAT_CLOUD_ENV: "prod-1abc" });
        expect(await login(app, ada, '{"code":"made-up"}')).toEqual([401, "login_code_invalid"]);
        expect(await login(app, ada, '{"code":""}')).toEqual([400, "invalid_request"]);
        expect(await login(app, ada, '{"openid":"oPerson-bob"}')).toEqual([400, "invalid_request"]);
    });

    it("of another mini-program or environment is none", async () => {
        const app = await world.service({ TRUST_WX_OPENID: "true", WECHAT_CLOUD_ENV: "prod-1abc" });
        expect(await login(app, { ...ada, "X-WX-ENV": "prod-2" })).toEqual([400, "invalid_request"]);
        expect(await login(app, { ...ada, "X-WX-APPID": "wxffffffffffffffff" }, "{}")).toEqual([400, "invalid_request"]);
        expect(await login(app, { "X-WX-OPENID": "oPerson-ada" })).toEqual([400, "invalid_request"]);
    });

    it("by forged headers does nothing where there is a public door", async () => {
        const app = await world.service();
        expect(await login(app, ada)).toEqual([400, "invalid_request"]);
        expect(await login(app, ada, "{}")).toEqual([400, "invalid_request"]);
        const honest = await login(app, {}, '{"code":"user:eve"}');
        expect(await login(app, ada, '{"code":"user:eve"}')).toEqual([401, "login_code_invalid"]);
        expect(honest[0]).toBe(200);
    });

    it("is counted by person in WeChat's hosting, where all come from one address", async () => {
        const app = await world.service({ TRUST_WX_OPENID: "true", WECHAT_CLOUD_ENV: "prod-1abc", LOGINS_PER_MINUTE: "1" });
        expect((await login(app, ada))[0]).toBe(200);
        expect((await login(app, { ...ada, "X-WX-OPENID": "oPerson-bob" }))[0]).toBe(200);
        expect(await login(app, ada)).toEqual([429, "too_many_logins"]);
    });

    it("is a developer's where settings allow it, the same one each time", async () => {
        const app = await world.service({ DEV_LOGIN: "true" });
        const asked = world.wechat.queries.length;
        const first = await login(app, {}, '{"code":"dev:ada"}');
        expect(first[0]).toBe(200);
        expect(await login(app, {}, '{"code":"dev:ada"}')).toEqual(first);
        expect(world.wechat.queries.length).toBe(asked);
        const mongo = await MongoClient.connect(world.mongod.uri);
        expect(await mongo.db("aiagent").collection("users").countDocuments({ openid: "dev:ada" })).toBe(1);
        await mongo.close();
        expect((await app.chat(await app.login("dev:ada"), { message: "Hi" })).types.at(-1)).toBe("[DONE]");
    });

    it("is no developer's anywhere else", async () => {
        const app = await world.service();
        expect(await login(app, {}, '{"code":"dev:ada"}')).toEqual([401, "login_code_invalid"]);
    });

    it("leaves nobody's name in a log", async () => {
        await until(() => world.log.includes('"route":"/api/auth/login"'));
        expect(world.log).not.toMatch(/oPerson|dev:ada|wx-openid/i);
    });
});

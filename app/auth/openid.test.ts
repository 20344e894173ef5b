import { describe, expect, it } from "vitest";
import { developmentOpenid, hostedOpenid } from "./openid";

const trusting = { TRUST_WX_OPENID: true, WECHAT_APPID: "wx0123456789abcdef", WECHAT_CLOUD_ENV: "prod-1abc" };
const headers = { "x-wx-openid": "oPerson-ada_1", "x-wx-appid": "wx0123456789abcdef", "x-wx-env": "prod-1abc" };

describe("the person whom WeChat's hosting names", () => {
    it("is believed where the container has no public door, of our mini-program and environment", () => {
        expect(hostedOpenid(trusting, headers)).toBe("oPerson-ada_1");
    });

    it.each([
        ["where the setting is off", { ...trusting, TRUST_WX_OPENID: false }, headers],
        ["where no environment is set", { ...trusting, WECHAT_CLOUD_ENV: undefined }, { ...headers, "x-wx-env": undefined }],
        ["of another mini-program", trusting, { ...headers, "x-wx-appid": "wxffffffffffffffff" }],
        ["of no mini-program", trusting, { ...headers, "x-wx-appid": undefined }],
        ["of another environment", trusting, { ...headers, "x-wx-env": "prod-2" }],
        ["of a mini-program that shares our environment", trusting, { "x-wx-from-openid": "oPerson-ada_1", "x-wx-appid": "wx0123456789abcdef", "x-wx-env": "prod-1abc" }],
        ["without a name", trusting, { ...headers, "x-wx-openid": "" }],
        ["whom two headers name", trusting, { ...headers, "x-wx-openid": "oPerson-ada_1, oPerson-bob_1" }],
        ["who is a developer", trusting, { ...headers, "x-wx-openid": "dev:ada" }],
    ])("is not believed %s", (_name, settings, given) => expect(hostedOpenid(settings, given)).toBe(undefined));
});

describe("a developer", () => {
    const on = { DEV_LOGIN: true, NODE_ENV: "development" } as const;
    it.each(["dev:ada", "dev:a.b-c_1"])("%s logs in by name", (code) => expect(developmentOpenid(on, code)).toBe(code));
    it.each(["ada", "dev:", "dev:a b", "DEV:ada", `dev:${"a".repeat(65)}`, "dev:ada\n"])("is not %j", (code) => expect(developmentOpenid(on, code)).toBe(undefined));
    it("is nobody where the setting is off, or in production", () => {
        expect(developmentOpenid({ ...on, DEV_LOGIN: false }, "dev:ada")).toBe(undefined);
        expect(developmentOpenid({ ...on, NODE_ENV: "production" }, "dev:ada")).toBe(undefined);
    });
});

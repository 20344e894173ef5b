import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { environment } from "../test/world";
import { readSettings, SettingsError } from "./read";

const good = {
    ...environment({ mongod: { uri: "mongodb://db.cn.yourapp.com:27017/aiagent" }, upstream: { url: "https://model.example/v3/" }, wechat: { url: "https://wechat.example" }, journal: "journal" }),
    NODE_ENV: "production",
    MONGODB_USER: "app",
    MONGODB_PASSWORD: "database-password-55d0",
};

function faultsOf(env: Record<string, string | undefined>, secrets = "/nonexistent"): string[] {
    try {
        readSettings(env, secrets);
        return [];
    } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        return error.faults;
    }
}

describe("settings", () => {
    const folder = scratch();
    const file = (name: string, text: string) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
    };

    it("have defaults for whatever is not a region's own", () => {
        const { PORT, MONGODB_CA_FILE, ...rest } = readSettings({ ...good, PORT: undefined, LOGINS_PER_MINUTE: "", CHATS_PER_MINUTE: "" }, "/nonexistent");
        expect([PORT, MONGODB_CA_FILE]).toEqual([80, undefined]);
        expect(rest).toMatchObject({
            VOLCENGINE_API_URL: "https://model.example/v3",
            LLM_UPSTREAMS: ["ark"],
            DEEPSEEK_API_URL: "https://api.deepseek.com/v1",
            DEEPSEEK_MODEL: "deepseek-flash",
            JOIN_MILLISECONDS: 6,
            MAX_SSE_CONNECTIONS: 200,
            MAX_SSE_CONNECTIONS_PER_USER: 1,
            HEARTBEAT_SECONDS: 15,
            DRAIN_SECONDS: 30,
            JWT_TTL_SECONDS: 86_400,
            DEV_LOGIN: false,
            TRUST_WX_OPENID: false,
            LOGINS_PER_MINUTE: 30,
            CHATS_PER_MINUTE: 30,
            TRUSTED_PROXIES: [],
            CORS_ORIGINS: [],
            LOG_LEVEL: "info",
        });
    });

    it("read a joining time of the version before as the longest that is used now", () => {
        const join = (ms: string) => readSettings({ ...good, JOIN_MILLISECONDS: ms }, "/nonexistent").JOIN_MILLISECONDS;
        expect(["0", "40", "1000"].map(join)).toEqual([0, 40, 50]);
    });

    it("come from a file that NAME_FILE names, or from a Docker secret, or from the environment", () => {
        const { WECHAT_SECRET, JWT_SECRET, ...env } = good as Record<string, string>;
        file("JWT_SECRET", `${JWT_SECRET}\n`);
        file("VOLCENGINE_API_KEY", "not-this-one");
        const settings = readSettings({ ...env, WECHAT_SECRET_FILE: file("elsewhere", "from-a-file\r\n") }, folder);
        expect([settings.WECHAT_SECRET, settings.JWT_SECRET, settings.VOLCENGINE_API_KEY]).toEqual(["from-a-file", JWT_SECRET, "ark-key-7f3a"]);
    });

    it("that are wrong are told all at once, and no value is repeated", () => {
        const { WECHAT_APPID, VOLCENGINE_API_KEY, ...env } = good as Record<string, string>;
        const faults = faultsOf({
            ...env,
            VOLCENGINE_API_KEY: "",
            REGION: "the us",
            PORT: "http",
            MONGODB_URI: "mongodb://app:hunter2@db/aiagent",
            MONGODB_PASSWORD: undefined,
            MAX_SSE_CONNECTIONS: "0",
            LOG_LEVEL: "loud",
            JWT_SECRET: "too-short",
            WECHAT_API_URL: "http://api.weixin.qq.com",
            DEEPSEEK_API_KEY_FILE: "/nonexistent/key",
        });
        expect(faults.map((fault) => fault.split(" ")[0]).sort()).toEqual(
            [
                "DEEPSEEK_API_KEY_FILE",
                "JWT_SECRET",
                "LOG_LEVEL",
                "MAX_SSE_CONNECTIONS",
                "MONGODB_URI",
                "MONGODB_USER",
                "PORT",
                "REGION",
                "VOLCENGINE_API_KEY",
                "WECHAT_API_URL",
                "WECHAT_APPID",
            ].sort(),
        );
        expect(faults.join("\n")).not.toMatch(/hunter2|too-short/);
        expect(faults).toContain("WECHAT_APPID is missing");
        expect(faults).toContain("JWT_SECRET is shorter than 32 characters");
        expect(faults).toContain("MONGODB_URI holds credentials: put them into MONGODB_USER and MONGODB_PASSWORD");
    });

    it.each([
        [{ MONGODB_PASSWORD_FILE: "/etc/hostname" }, "MONGODB_PASSWORD_FILE and MONGODB_PASSWORD are both set: which one is meant?"],
        [{ MONGODB_CA_FILE: "/nonexistent/ca.pem" }, "MONGODB_CA_FILE names a file that does not exist"],
        [{ MONGODB_USER: "", MONGODB_PASSWORD: "" }, "MONGODB_USER is missing: production does not talk to a database without a password"],
        [{ DEV_LOGIN: "true" }, "DEV_LOGIN is on: in production nobody may log in as anybody"],
        [{ DEV_LOGIN: "true", PORT: "http" }, "DEV_LOGIN is on: in production nobody may log in as anybody"],
        [{ DEV_LOGIN: "yes" }, "DEV_LOGIN is neither true nor false"],
        [{ TRUST_WX_OPENID: "true" }, "WECHAT_CLOUD_ENV is missing: TRUST_WX_OPENID believes headers of that environment alone"],
        [{ JWT_SECRET_PREVIOUS: "too-short" }, "JWT_SECRET_PREVIOUS is shorter than 32 characters"],
        [{ CORS_ORIGINS: "https://a.example,*" }, "CORS_ORIGINS holds something that is no origin such as https://chat.yourapp.com"],
        [{ CORS_ORIGINS: "https://a.example/" }, "CORS_ORIGINS holds something that is no origin such as https://chat.yourapp.com"],
        [{ TRUSTED_PROXIES: "10.0.0.0/33" }, "TRUSTED_PROXIES holds something that is no address, no range and none of loopback, linklocal, uniquelocal"],
        [{ LLM_UPSTREAMS: "ark,openai" }, "LLM_UPSTREAMS holds something that is neither ark nor deepseek"],
        [{ LLM_UPSTREAMS: "deepseek,ark,deepseek" }, "LLM_UPSTREAMS names a model service twice"],
        [{ LLM_UPSTREAMS: "ark,deepseek" }, "DEEPSEEK_API_KEY is missing: LLM_UPSTREAMS names deepseek"],
        [{ LLM_UPSTREAMS: "deepseek", PORT: "http" }, "DEEPSEEK_API_KEY is missing: LLM_UPSTREAMS names deepseek"],
        [{ VOLCENGINE_ENDPOINT_ID: "" }, "VOLCENGINE_ENDPOINT_ID is missing: LLM_UPSTREAMS names ark"],
        [{ VOLCENGINE_API_URL: "ftp://model.example" }, "VOLCENGINE_API_URL is not an http(s) URL"],
    ])("%j is a fault", (change, fault) => expect(faultsOf({ ...good, ...change })).toContain(fault));

    it("of a model service are needed where it is listed, and only there", () => {
        const { VOLCENGINE_API_KEY, VOLCENGINE_ENDPOINT_ID, ...env } = good as Record<string, string>;
        const settings = readSettings({ ...env, LLM_UPSTREAMS: "deepseek", DEEPSEEK_API_KEY: "deepseek-key" }, "/nonexistent");
        expect(settings.LLM_UPSTREAMS).toEqual(["deepseek"]);
        const both = readSettings({ ...good, LLM_UPSTREAMS: "deepseek, ark", DEEPSEEK_API_KEY: "deepseek-key" }, "/nonexistent");
        expect(both.LLM_UPSTREAMS).toEqual(["deepseek", "ark"]);
    });

    it("that are lists are written with commas", () => {
        const lists = { CORS_ORIGINS: "https://a.example, http://localhost:5173", TRUSTED_PROXIES: "uniquelocal,2001:db8::/32,198.51.100.7" };
        expect(readSettings({ ...good, ...lists }, "/nonexistent")).toMatchObject({
            CORS_ORIGINS: ["https://a.example", "http://localhost:5173"],
            TRUSTED_PROXIES: ["uniquelocal", "2001:db8::/32", "198.51.100.7"],
        });
    });
});

import { isIP } from "node:net";
import { z } from "zod";

const seconds = (fallback: number) => z.coerce.number().positive().max(86_400).default(fallback);
const count = (fallback: number) => z.coerce.number().int().min(1).max(100_000).default(fallback);
const limit = (fallback: number) => z.coerce.number().int().min(0).max(100_000).default(fallback);
/** Room for a conversation in a model, in tokens as app/upstream/usage.ts estimates them. */
const contextTokens = (fallback: number) => z.coerce.number().int().min(100).max(10_000_000).default(fallback);
const flag = z.stringbool({ truthy: ["true"], falsy: ["false"], error: "is neither true nor false" }).default(false);
const regionName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,31}$/, "is not a region name such as us or cn");
const httpUrl = z.url({ protocol: /^https?$/, error: "is not an http(s) URL" }).transform((url) => url.replace(/\/+$/, ""));

/** A connection string is shown in process lists and state files: the credentials travel apart from it. */
const mongoUri = z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/.+/, "does not begin with mongodb:// or mongodb+srv://")
    .refine((uri) => !/^[^/]+:\/\/[^/]*@/.test(uri), "holds credentials: put them into MONGODB_USER and MONGODB_PASSWORD");

const list = (isOne: (item: string) => boolean, error: string) =>
    z
        .string()
        .default("")
        .transform((text) => text.split(",").map((item) => item.trim()).filter(Boolean))
        .refine((items) => items.every(isOne), error);

/** The model services, the one to ask first at the front. */
const upstreams = z
    .string()
    .default("ark")
    .transform((text) => text.split(",").map((item) => item.trim()))
    .pipe(z.array(z.enum(["ark", "deepseek"], { error: "holds something that is neither ark nor deepseek" })))
    .refine((names) => new Set(names).size === names.length, "names a model service twice");

/** As a browser writes it: scheme, name and a port that is not the usual one, and nothing after it. */
const isOrigin = (text: string) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/** An address, a range such as 10.0.0.0/8, or one of proxy-addr's names. */
function isNetwork(text: string): boolean {
    if (["loopback", "linklocal", "uniquelocal"].includes(text)) return true;
    const [address = "", length, ...more] = text.split("/");
    const kind = isIP(address);
    return kind > 0 && more.length === 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (kind === 4 ? 32 : 128)));
}

/**
 * Every setting of a region: type, default and validation. All durations are in seconds.
 * An empty value counts as not set.
 */
export const schema = z.object({
    REGION: regionName,
    SERVER_NAME: z.string().default(""),
    PORT: z.coerce.number().int().min(0).max(65_535).default(80),
    NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    LOG_REGION: z.string().optional(),

    /** A listener of its own for `/metrics`, which nothing publishes; `off`: none. */
    METRICS_PORT: z.union([z.literal("off"), z.coerce.number().int().min(0).max(65_535)], { error: "is neither a port nor off" }).default(9464),

    /** Where the database is: the way there is measured under this name. */
    DATABASE_REGION: regionName.default("cn"),
    MONGODB_URI: mongoUri,
    MONGODB_USER: z.string().optional(),
    MONGODB_PASSWORD: z.string().optional(),
    MONGODB_CA_FILE: z.string().optional(),

    MAX_SSE_CONNECTIONS: count(200),
    MAX_SSE_CONNECTIONS_PER_USER: count(1),
    /** Running turns, with or without a connection; a newer one stops the oldest. */
    MAX_TURNS_PER_USER: count(3),
    HEARTBEAT_SECONDS: seconds(15),
    /** How long a reader may take nothing while more waits for it. */
    SLOW_READER_SECONDS: seconds(20),
    /** How long a stream that has ended can be read again from memory; after that its message comes from the database. */
    RESUME_SECONDS: seconds(300),
    DRAIN_SECONDS: seconds(30),
    AGENT_SESSION_SECONDS: seconds(3600),

    /** On a disk that survives the process: what could not be written to the database yet. */
    JOURNAL_FOLDER: z.string().default("journal"),
    JOURNAL_MAX_MIB: count(64),

    LLM_UPSTREAMS: upstreams,
    VOLCENGINE_API_URL: httpUrl.default("https://ark.cn-beijing.volces.com/api/v3"),
    VOLCENGINE_API_KEY: z.string().optional(),
    VOLCENGINE_ENDPOINT_ID: z.string().optional(),
    /** Of a conversation that the model is shown. An endpoint may have a model of 32k tokens, which needs room for its answer. */
    VOLCENGINE_CONTEXT_TOKENS: contextTokens(24_000),
    DEEPSEEK_API_URL: httpUrl.default("https://api.deepseek.com/v1"),
    DEEPSEEK_API_KEY: z.string().optional(),
    DEEPSEEK_MODEL: z.string().default("deepseek-flash"),
    /** The service's models take 64k tokens or more. */
    DEEPSEEK_CONTEXT_TOKENS: contextTokens(48_000),
    UPSTREAM_CONNECT_SECONDS: seconds(5),
    UPSTREAM_FIRST_TOKEN_SECONDS: seconds(60),
    UPSTREAM_IDLE_SECONDS: seconds(30),
    UPSTREAM_TOTAL_SECONDS: seconds(600),
    /**
     * The time between two polls of a loaded event loop, in milliseconds; 0: it never waits. An idle loop never waits
     * either. A longer time than 50 is accepted, as before, and is 50.
     */
    JOIN_MILLISECONDS: z.coerce.number().int().min(0).max(1000).default(6).transform((ms) => Math.min(ms, 50)),

    WECHAT_API_URL: httpUrl.default("https://api.weixin.qq.com"),
    WECHAT_APPID: z.string(),
    WECHAT_SECRET: z.string(),
    JWT_SECRET: z.string().min(32, "is shorter than 32 characters"),
    /** The key before this one: what it has signed is still good, until it expires. */
    JWT_SECRET_PREVIOUS: z.string().min(32, "is shorter than 32 characters").optional(),
    /** Makes the proofs that testers show to a gateway; without it none is given. */
    TESTER_KEY: z.string().min(32, "is shorter than 32 characters").optional(),
    JWT_TTL_SECONDS: z.coerce.number().int().min(60).max(31_536_000).default(86_400),
    /** Lets anybody be anybody: `{"code": "dev:ada"}`. */
    DEV_LOGIN: flag,
    /** WeChat Cloud Hosting with public access off: who comes is who X-WX-OPENID says. With a public door anybody writes that header. */
    TRUST_WX_OPENID: flag,
    WECHAT_CLOUD_ENV: z.string().optional(),

    /** Of one client address; 0 is no limit. */
    LOGINS_PER_MINUTE: limit(30),
    /** Of one user; 0 is no limit. */
    CHATS_PER_MINUTE: limit(30),
    /** Whose X-Forwarded-For is believed: the gateway's addresses. Without it a client's address is that of its connection. */
    TRUSTED_PROXIES: list(isNetwork, "holds something that is no address, no range and none of loopback, linklocal, uniquelocal"),
    /** The pages of other origins that may talk to this service from a browser. */
    CORS_ORIGINS: list(isOrigin, "holds something that is no origin such as https://chat.yourapp.com"),
});

export type Settings = z.output<typeof schema>;
export type UpstreamName = Settings["LLM_UPSTREAMS"][number];

const upstreamNeeds: Record<UpstreamName, (keyof Settings)[]> = { ark: ["VOLCENGINE_API_KEY", "VOLCENGINE_ENDPOINT_ID"], deepseek: ["DEEPSEEK_API_KEY"] };

/** What no single setting can tell. Returns lines of the form `NAME says what is wrong`. */
export function crossFaults(settings: Partial<Settings>): string[] {
    const faults: string[] = [];
    if (Boolean(settings.MONGODB_USER) !== Boolean(settings.MONGODB_PASSWORD)) {
        faults.push("MONGODB_USER and MONGODB_PASSWORD belong together: set both or neither");
    }
    // Of settings with a fault of their own this sees the text.
    const on = (name: "DEV_LOGIN" | "TRUST_WX_OPENID") => String(settings[name]) === "true";
    if (on("TRUST_WX_OPENID") && !settings.WECHAT_CLOUD_ENV) faults.push("WECHAT_CLOUD_ENV is missing: TRUST_WX_OPENID believes headers of that environment alone");
    // A list with a fault of its own is a text here, which can be asked the same.
    const listed = settings.LLM_UPSTREAMS ?? ["ark"];
    for (const [name, needs] of Object.entries(upstreamNeeds)) {
        if (!listed.includes(name as UpstreamName)) continue;
        faults.push(...needs.filter((need) => !settings[need]).map((need) => `${need} is missing: LLM_UPSTREAMS names ${name}`));
    }
    if (settings.NODE_ENV !== "production") return faults;
    if (on("DEV_LOGIN")) faults.push("DEV_LOGIN is on: in production nobody may log in as anybody");
    if (settings.MONGODB_URI && !settings.MONGODB_USER) faults.push("MONGODB_USER is missing: production does not talk to a database without a password");
    for (const name of ["VOLCENGINE_API_URL", "DEEPSEEK_API_URL", "WECHAT_API_URL"] as const) {
        if (settings[name]?.startsWith("http:")) faults.push(`${name} is not https: a secret would travel in plain text`);
    }
    return faults;
}

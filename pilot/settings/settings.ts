import { z } from "zod";
import { openidRule } from "../gateway/testers";
import { parseStrategy, type Strategy } from "../releases/strategy";

const hostname = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;
const commaList = z.string().transform((text) => text.split(",").map((entry) => entry.trim()).filter(Boolean));

const name = z.string().regex(hostname, "must be a full domain name in lower case");
const peer = z.string().transform((text, context) => {
    const [, region, host, port] = /^([a-z][a-z0-9-]*)=([^:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
    if (region === undefined || host === undefined || !hostname.test(host)) {
        context.addIssue({ code: "custom", message: `"${text}" must look like cn=cn.example.com` });
        return z.NEVER;
    }
    return { region, host, port: port === undefined ? 443 : Number(port) };
});

function strategy(text: string, context: z.RefinementCtx): Strategy {
    try {
        return parseStrategy(text);
    } catch (thrown) {
        context.addIssue({ code: "custom", message: `is of no use: ${(thrown as Error).message}` });
        return z.NEVER;
    }
}

const schema = z
    .object({
        REGION: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "must be a short lower-case word such as us"),
        DOMAIN: name,
        NAMES: commaList.pipe(z.array(name).min(1, "must name at least one public name")),
        PEERS: commaList.default([]).pipe(z.array(peer)),
        ACME_DIRECTORY: z.url({ protocol: /^https$/, error: "must be an https address" })
            .default("https://acme-v02.api.letsencrypt.org/directory"),
        ACME_EMAIL: z.email("must be a mail address").optional(),
        // Its form is checked here, so that nginx never has a wrong one to quote in its log.
        PEER_SECRET: z.string().regex(/^[0-9A-Za-z]{64}$/, "must be 64 letters and digits").optional(),
        TESTER_KEY: z.string().regex(/^[0-9A-Za-z]{64}$/, "must be 64 letters and digits").optional(),
        /** OpenIDs. */
        TESTERS: commaList.default([]).pipe(z.array(z.string().regex(openidRule, { error: ({ input }) => `"${input}" is not an OpenID` }))),
        // How a version is released that does not say so itself.
        RELEASE_STRATEGY: z.string().default("routine").transform(strategy),
        RELEASE_WINDOW_SECONDS: z.coerce.number().int().min(1).max(7_200).optional(),
        RELEASE_TEST_SECONDS: z.coerce.number().int().min(0).max(86_400).default(0),
        RELEASE_KEEP_SECONDS: z.coerce.number().int().min(1).max(86_400).default(120),
        RELEASE_START_SECONDS: z.coerce.number().int().min(10).max(3_600).default(600),
        RELEASE_MIN_REQUESTS: z.coerce.number().int().min(1).max(100_000).default(20),
        RELEASE_DOWN_SECONDS: z.coerce.number().int().min(1).max(600).default(20),
        RELEASE_ALONE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(900),
        // Who else is told of each event of a release. fetch takes no address with a name and a password in it.
        RELEASE_WEBHOOK: z.url({ protocol: /^https$/, error: "must be an https address" }).refine((url) => !/^https:\/\/[^/?#]*@/i.test(url), "must have no name or password in it").optional(),
        APP_INSTANCES: z.coerce.number().int().min(1).max(5).default(1),
        // The app's, to log in as nobody with.
        JWT_SECRET: z.string().min(1, "is missing"),
        JWT_SECRET_PREVIOUS: z.string().optional(),
        MAX_STREAM_SECONDS: z.coerce.number().int().min(60).max(86_400).default(3600),
        DATABASE: z.enum(["", "standalone"]).default(""),
        MONGODB_USER: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "must be a plain user name").optional(),
        MONGODB_ROOT_PASSWORD: z.string().optional(),
        MONGODB_APP_PASSWORD: z.string().optional(),
        MONGODB_ROOT_PASSWORD_PREVIOUS: z.string().optional(),
    })
    .superRefine((settings, context) => {
        if (settings.PEERS.some(({ region }) => region === settings.REGION)) {
            context.addIssue({ code: "custom", path: ["PEERS"], message: "must not name this region itself" });
        }
        if (settings.TESTERS.length > 0 && settings.TESTER_KEY === undefined) {
            context.addIssue({ code: "custom", path: ["TESTER_KEY"], message: "is needed when TESTERS names somebody" });
        }
        if (settings.DATABASE === "") return;
        for (const needed of ["MONGODB_USER", "MONGODB_ROOT_PASSWORD", "MONGODB_APP_PASSWORD"] as const) {
            if (!settings[needed]) {
                context.addIssue({ code: "custom", path: [needed], message: "is needed when DATABASE is standalone" });
            }
        }
        if (settings.MONGODB_USER === "root") {
            context.addIssue({ code: "custom", path: ["MONGODB_USER"], message: "must not be the administrator" });
        }
    });

export type Settings = z.output<typeof schema>;

/** Never from the environment, which `docker inspect` shows to everyone: Docker secrets, read from files. */
export const secretNames = ["PEER_SECRET", "TESTER_KEY", "JWT_SECRET", "JWT_SECRET_PREVIOUS", "RELEASE_WEBHOOK", "MONGODB_ROOT_PASSWORD", "MONGODB_APP_PASSWORD", "MONGODB_ROOT_PASSWORD_PREVIOUS"] as const;

/**
 * The settings of one pilot.
 *
 * @param environment the process's environment; an empty value counts as absent.
 * @param secret gives the text of a Docker secret, or undefined when there is none of that name.
 * @throws Error with every fault, one a line; no secret's text is in it.
 */
export function readSettings(environment: NodeJS.ProcessEnv, secret: (name: string) => string | undefined): Settings {
    const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
    for (const name of secretNames) {
        delete given[name];
        const text = secret(name)?.trimEnd();
        if (text) given[name] = text;
    }
    const result = schema.safeParse(given);
    if (result.success) return result.data;
    const faults = result.error.issues.map(({ path, message, code }) => {
        const setting = String(path[0]);
        return `  ${setting} ${code === "invalid_type" && !(setting in given) ? "is missing" : message}`;
    });
    throw new Error(`The pilot's settings are not usable:\n${faults.join("\n")}`);
}

import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { DatabaseAccess } from "../database/database";
import type { Host } from "../host/host";
import { appService, hostOf } from "../names";
import { type RegionName, swarmPool } from "../settings/kinds";
import type { RegionSettings } from "../settings/schema";
import { checkSameImage, checkUnchanged, keptBeside, madeHash, ordinalOf, type MadeVersion } from "./made";
import { isChat } from "../settings/own-app";
import { declaredLabels } from "../../pilot/apps/labels";
import type { Declared } from "../../pilot/apps/contract";
import { Secrets } from "./secrets";
import { service, trust, volume } from "./service";
import type { Shared } from "./shared";
import { strategyLabel } from "./strategy";

export interface AppArgs {
    region: RegionName;
    settings: RegionSettings;
    host: Host;
    network: docker.Network;
    /** Of the version in the source. */
    image: pulumi.Output<string>;
    version: string;
    /** Hash of the files that the image is made of. */
    source: string;
    /** What this stack has made before. */
    made: MadeVersion[];
    /** What other regions' stacks have made. */
    elsewhere: MadeVersion[];
    database: DatabaseAccess;
    shared: Shared;
    /** What must be in place before it can start. */
    before?: pulumi.Resource[];
}

/**
 * The versions of the app, one service each: the one in the source, and those that are kept to go back to. None has an
 * instance until the pilot, who sees the new one, gives it one.
 */
export class App extends pulumi.ComponentResource {
    /** All that stand now, for the stack's next run. */
    readonly made: pulumi.Output<MadeVersion[]>;

    constructor(name: string, args: AppArgs, opts?: pulumi.ComponentResourceOptions) {
        super("antipode:region:App", name, {}, opts);
        const { settings } = args;
        const values = secretsOf(args);
        const names = Object.keys(values).filter((key) => values[key] !== undefined);
        const open = isGivenChat(settings) ? Object.keys(settings.appSecrets ?? {}) : names;
        const database = { MONGODB_URI: args.database.uri, MONGODB_USER: args.database.user };
        const env = { ...appEnv(args.region, settings), ...database, ...trust.env, ...settings.appEnvironment };
        const labels = contractLabels(settings);
        const ordinal = ordinalOf(args.made, args.version);
        const hash = pulumi.unsecret(pulumi.all([env, values]).apply(([given, secret]) => {
            const hash = madeHash(args.source, [given, secret, ...contractOf(settings)]);
            checkUnchanged(args.version, hash, args.made);
            return hash;
        }));
        // Said before anything is made.
        const image = pulumi.all([args.image, hash]).apply(([built]) => {
            const before = args.made.find(({ version }) => version === args.version);
            if (before) return before.image;
            checkSameImage(args.version, built, args.elsewhere);
            return built;
        });
        this.version(name, { version: args.version, image, env, values, open, ordinal, labels }, args);
        const kept = keptBeside(args.made, args.version);
        for (const { secrets, ...one } of kept) {
            // What a kept one was given is in the stack's state, and in the Swarm, and stays. The settings of now count only if
            // somebody removed its service by hand, so that it is created once more.
            this.version(name, { ...one, env, labels: one.labels ?? {}, values: Object.fromEntries(secrets.map((key) => [key, "as it was made"])) }, args);
        }
        this.made = pulumi.all([image, hash]).apply(([image, hash]) => [{ version: args.version, image, hash, secrets: names, ordinal, ...(open.length > 0 && { open }), ...(Object.keys(labels).length > 0 && { labels }) }, ...kept]);
        this.registerOutputs({ made: this.made });
    }

    private version(name: string, { version, image, env, values, open, ordinal, labels }: Given, args: AppArgs): void {
        const named = appService(version);
        const secrets = new Secrets(`${name}-${named}-secrets`, { host: args.host, values, version }, { parent: this });
        service(`${name}-${named}`, named, {
            host: args.host,
            network: args.network,
            image,
            role: "app",
            labels: { "antipode.version": version, "antipode.ordinal": String(ordinal), ...labels, ...strategyLabel(process.env.ANTIPODE_STRATEGY) },
            env,
            secrets: { from: secrets, names: Object.keys(secrets.files), owner: appUser, open },
            // The turns that the database does not have yet; the machine's, so that neither a restart nor a new version loses them.
            mounts: [trust.mount, ...(isGivenChat(args.settings) ? [volume("antipode-journal", "/journal")] : [])],
            limits: { cpus: 0.5, memoryMiB: 1024 },
            replicas: 0,
            startFirst: true,
            // Swarm must not kill what still drains.
            stopGraceSeconds: args.settings.drainSeconds + 15,
            before: args.before,
            made: true,
        }, this);
    }
}

type Values = Record<string, pulumi.Input<string> | undefined>;

/** What a version is made with. */
interface Given {
    version: string;
    image: pulumi.Input<string>;
    env: Record<string, pulumi.Input<string>>;
    values: Values;
    /** Names of the secrets that every user in the container may read. */
    open?: string[];
    ordinal: number;
    labels: Record<string, string>;
}

/**
 * Whether an app is given what the bundled one needs. It is if its settings are there: an app in a folder of one's own may
 * be made of the bundled one, and keeps what it was given.
 */
const isGivenChat = (settings: RegionSettings): boolean => isChat(settings) || (settings.appPreset === undefined && settings.wechatAppid !== undefined);

function secretsOf({ database, settings, shared }: AppArgs): Values {
    const any = { MONGODB_PASSWORD: database.password, MONGODB_CA: database.ca };
    const chat = {
        VOLCENGINE_API_KEY: settings.volcengineApiKey,
        DEEPSEEK_API_KEY: settings.deepseekApiKey,
        WECHAT_SECRET: settings.wechatSecret,
        JWT_SECRET: shared.jwtSecret,
        JWT_SECRET_PREVIOUS: shared.jwtSecretPrevious,
        TESTER_KEY: shared.testerKey,
    };
    return { ...any, ...(isGivenChat(settings) && chat), ...settings.appSecrets };
}

/** The settings that say what a version is judged by. Without one they leave its hash as it was before they existed. */
function contractOf(settings: RegionSettings): Declared[] {
    const { appPreset: preset, appHealthPath: health, appCheck: check, appMetrics: metrics } = settings;
    const given = Object.entries({ preset, health, check, metrics }).filter(([, value]) => value !== undefined);
    return given.length === 0 ? [] : [Object.fromEntries(given) as Declared];
}

/** None for the bundled app as it comes: the pilot knows what that has. */
function contractLabels(settings: RegionSettings): Record<string, string> {
    const [declared] = contractOf(settings);
    if (declared === undefined) return isChat(settings) ? {} : declaredLabels({});
    return declaredLabels({ ...(isChat(settings) && { preset: "chat" }), ...declared });
}

/** `node` in the official Node.js images, which the app runs as. */
const appUser = "1000";

/** Without these settings a version's hash stays as it was before they existed. */
function contextTokens({ volcengineContextTokens: ark, deepseekContextTokens: deepseek }: RegionSettings): Record<string, string> {
    return {
        ...(ark !== undefined && { VOLCENGINE_CONTEXT_TOKENS: String(ark) }),
        ...(deepseek !== undefined && { DEEPSEEK_CONTEXT_TOKENS: String(deepseek) }),
    };
}

/** The app's plain settings; docs/own-app.md explains those of any app, app/settings the others. */
export function appEnv(region: RegionName, settings: RegionSettings): Record<string, string> {
    const general = {
        REGION: region.toUpperCase(),
        SERVER_NAME: hostOf(region, settings.domain),
        PORT: "80",
        NODE_ENV: "production",
        LOG_LEVEL: settings.logLevel,
    };
    const drain = { DRAIN_SECONDS: String(settings.drainSeconds) };
    // The gateway's address is one of these; what it says of the visitor is true.
    const proxies = { TRUSTED_PROXIES: swarmPool };
    const authority = { MONGODB_CA_FILE: "/run/secrets/MONGODB_CA" };
    if (!isGivenChat(settings)) return { ...general, ...authority, ...drain, ...proxies };
    // The order is a part of a version's hash.
    return {
        ...general,
        LOG_REGION: region,
        ...authority,
        // A gateway's old workers wait for no stream longer than that; ten minutes are the app's own limit of an answer.
        UPSTREAM_TOTAL_SECONDS: String(Math.min(600, settings.maxStreamSeconds)),
        ...drain,
        MAX_SSE_CONNECTIONS: String(settings.maxSseConnections),
        MAX_SSE_CONNECTIONS_PER_USER: String(settings.maxSseConnectionsPerUser),
        VOLCENGINE_API_URL: settings.volcengineApiUrl,
        VOLCENGINE_ENDPOINT_ID: settings.volcengineEndpointId ?? "",
        DEEPSEEK_API_URL: settings.deepseekApiUrl,
        DEEPSEEK_MODEL: settings.deepseekModel,
        LLM_UPSTREAMS: settings.llmUpstreams.join(","),
        WECHAT_APPID: settings.wechatAppid ?? "",
        CORS_ORIGINS: settings.corsOrigins.join(","),
        LOGINS_PER_MINUTE: String(settings.loginsPerMinute),
        ...proxies,
        ...contextTokens(settings),
    };
}

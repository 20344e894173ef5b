import type * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseAccess } from "../database/database";
import type { Host } from "../host/host";
import { appService, hostOf } from "../names";
import { type RegionName, swarmPool } from "../settings/kinds";
import type { RegionSettings } from "../settings/schema";
import { Secrets } from "./secrets";
import { service, trust, volume } from "./service";
import type { Shared } from "./shared";

export interface AppArgs {
    region: RegionName;
    settings: RegionSettings;
    host: Host;
    network: docker.Network;
    image: pulumi.Input<string>;
    version: string;
    database: DatabaseAccess;
    shared: Shared;
    /** What must be in place before it can start. */
    before?: pulumi.Resource[];
}

/** A version of the app: one service, with its settings in its environment and its secrets in files. */
export function app(name: string, args: AppArgs, parent: pulumi.Resource): docker.Service {
    const { settings } = args;
    const secrets = new Secrets(`${name}-secrets`, {
        host: args.host,
        values: {
            MONGODB_PASSWORD: args.database.password,
            MONGODB_CA: args.database.ca,
            VOLCENGINE_API_KEY: settings.volcengineApiKey,
            DEEPSEEK_API_KEY: settings.deepseekApiKey,
            WECHAT_SECRET: settings.wechatSecret,
            JWT_SECRET: args.shared.jwtSecret,
            JWT_SECRET_PREVIOUS: args.shared.jwtSecretPrevious,
        },
    }, { parent });
    return service(`${name}-app`, appService(args.version), {
        host: args.host,
        network: args.network,
        image: args.image,
        role: "app",
        labels: { "antipode.version": args.version },
        env: { ...appEnv(args.region, settings), MONGODB_URI: args.database.uri, MONGODB_USER: args.database.user, ...trust.env },
        secrets: { from: secrets, names: Object.keys(secrets.files), owner: appUser },
        // The turns that the database does not have yet; the machine's, so that neither a restart nor a new version loses them.
        mounts: [trust.mount, volume("antipode-journal", "/journal")],
        limits: { cpus: 0.5, memoryMiB: 1024 },
        replicas: settings.appReplicas,
        startFirst: true,
        // The app drains for 30 s by itself (DRAIN_SECONDS).
        stopGraceSeconds: 45,
        before: args.before,
    }, parent);
}

/** `node` in the official Node.js images, which the app runs as. */
const appUser = "1000";

/** The app's plain settings; every name is explained in app/settings. */
export function appEnv(region: RegionName, settings: RegionSettings): Record<string, string> {
    return {
        REGION: region.toUpperCase(),
        SERVER_NAME: hostOf(region, settings.domain),
        PORT: "80",
        NODE_ENV: "production",
        LOG_LEVEL: settings.logLevel,
        LOG_REGION: region,
        MONGODB_CA_FILE: "/run/secrets/MONGODB_CA",
        // A gateway's old workers wait for no stream longer than that; ten minutes are the app's own limit of an answer.
        UPSTREAM_TOTAL_SECONDS: String(Math.min(600, settings.maxStreamSeconds)),
        MAX_SSE_CONNECTIONS: String(settings.maxSseConnections),
        MAX_SSE_CONNECTIONS_PER_USER: String(settings.maxSseConnectionsPerUser),
        VOLCENGINE_API_URL: settings.volcengineApiUrl,
        VOLCENGINE_ENDPOINT_ID: settings.volcengineEndpointId ?? "",
        DEEPSEEK_API_URL: settings.deepseekApiUrl,
        DEEPSEEK_MODEL: settings.deepseekModel,
        LLM_UPSTREAMS: settings.llmUpstreams.join(","),
        WECHAT_APPID: settings.wechatAppid,
        CORS_ORIGINS: settings.corsOrigins.join(","),
        LOGINS_PER_MINUTE: String(settings.loginsPerMinute),
        // The gateway's address is one of these; what it says of the visitor is true.
        TRUSTED_PROXIES: swarmPool,
    };
}

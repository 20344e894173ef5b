import type { Output } from "@pulumi/pulumi";
import { z } from "zod";
import { field, list, neededFor, object, secret, text, whole } from "./field";
import { check, environment, healthPath, metrics, preset, secrets } from "./own-app";
import { adminCidr, domain, httpsUrl, modelService, network, origin, region, regions, strategy, testers, webhook } from "./kinds";

const everywhere = {
    domain: field(domain, "The domain that everything stands under: `api.`, `us.`, `cn.` and `db.cn.` are made in it. Its zone must be at Cloudflare.", "yourapp.com"),
    cloudflareZoneId: field(text().regex(/^[0-9a-f]{32}$/, "is not a zone id of 32 hexadecimal digits"), "The zone of `domain` at Cloudflare (shown on its overview page).", "023e105f4ecef8ad9ca31a8372d0c353"),
    cloudflareApiToken: secret(text(), "Cloudflare API token; it may edit DNS in the zone and, for `edge`, load balancers, monitors and pools."),
};

const inRegion = {
    adminCidrs: field(list(adminCidr).pipe(z.array(z.string()).min(1, "is empty: nobody could reach the machine by ssh")), "Where ssh is open to: the addresses of the administrators and of the machine that runs `pulumi up`. Never everywhere.", '["203.0.113.7/32"]'),
    registry: field(
        object({
            server: text().regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/, "is not a registry with a namespace such as ghcr.io/yourname"),
            // YAML reads an account number as a number.
            username: z.preprocess((value) => (typeof value === "number" ? String(value) : value), text()),
        }),
        "The registry that this region's machine pulls its images from, with the namespace, and who logs in. Take one inside the region: Docker Hub is not reached from China.",
        '{"server":"ccr.ccs.tencentyun.com/yourname","username":"100000000001"}',
    ),
    registryPassword: secret(text(), "Password of `registry.username`."),
    imageMirror: field(text().default("docker.io/library"), "Where the builds take `node`, `nginx` and `mongo` from.", "docker.io/library"),
    npmRegistry: field(httpsUrl.optional(), "Package registry for the builds, when the usual one is slow from where you build.", "https://npm.yourapp.com"),
    acmeDirectory: field(httpsUrl.default("https://acme-v02.api.letsencrypt.org/directory"), "ACME directory that the certificates come from.", "https://acme-v02.api.letsencrypt.org/directory"),
    acmeEmail: field(z.email("is not a mail address").optional(), "Where the ACME authority writes to when a certificate is about to run out.", "ops@yourapp.com"),
    diskGb: field(whole(20, 2000).default(50), "Size of the machine's disk in GB. It only grows.", "50"),
    machineTimeoutSeconds: field(whole(60, 3600).default(900), "How long a new machine may take until Docker runs on it.", "900"),

    appFolder: field(text().default("app"), "Folder of the app: its Dockerfile, and its version in package.json or VERSION. From the repository's own on, or whole. [Bring your own app](own-app.md).", "app"),
    appPreset: field(preset.optional(), "What kind of app it is: `chat`, like the bundled one, or `any`. The pilot finds out by itself when it is left out.", "any"),
    appHealthPath: field(healthPath.optional(), "Path that an instance answers with 200 when it can serve. When left out: `/api/health` of the bundled app, else `/health`.", "/up"),
    appCheck: field(check.optional(), "Request that the pilot sends to each version to see whether it does its work. When left out: a login and a chat of the bundled app, else none.", '{"path":"/api/answer","method":"POST","body":{"question":"1+1"},"status":200,"text":"2"}'),
    appMetrics: field(metrics.optional(), "Where an instance shows its metrics. When left out, the pilot looks at port 9464 and at the app's own port, `/metrics`.", '{"port":9464,"path":"/metrics"}'),
    appEnvironment: field(environment.default({}), "Environment variables of the app. They are part of a version; never a secret.", '{"LOG_COLOR":"no"}'),
    appSecrets: secret(secrets.optional(), "Secrets of the app, each a file in /run/secrets: `pulumi config set --stack <stack> --secret --path antipode:appSecrets.STRIPE_KEY`. They are part of a version."),
    releaseStrategy: field(strategy.default("routine"), "How a new version comes to the visitors: `low` (all at once), `medium`, `high`, `routine`, or weights of one's own. ANTIPODE_STRATEGY says otherwise for one version.", "10,50,100"),
    releaseWindowSeconds: field(whole(1, 7_200).optional(), "How long each step is watched; by the strategy when left out.", "900"),
    releaseTestSeconds: field(whole(0, 86_400).default(0), "How long testers have a new version alone; 0 leaves that out.", "600"),
    releaseKeepSeconds: field(whole(1, 86_400).default(120), "How long the version before is kept at hand when all visitors have the new one.", "120"),
    releaseMinRequests: field(whole(1, 100_000).default(20), "Fewer requests in a window are no verdict.", "50"),
    testers: field(testers.default([]), "OpenIDs of those who get a new version before any visitor does, and whatever share of the visitors gets it. No part of a version: a tester may be added while one is on its way.", '["o6_bmjrPTlm6_2sgVt7hMZOPfL2M"]'),
    releaseDownSeconds: field(whole(1, 600).default(20), "How long a version may be without a healthy instance until that counts against it; nobody is led to it meanwhile.", "60"),
    releaseAloneSeconds: field(whole(1, 86_400).default(900), "How long a version may have a share of the visitors without a pilot to watch it; the next pilot takes it back then.", "300"),
    releaseWebhook: secret(webhook.optional(), "An https URL that each event of a release is sent to as JSON, with `POST`. Secret, for such URLs carry a token."),
    appReplicas: field(whole(1, 5).default(1), "Instances of the app; each may use half a CPU and 1 GB.", "2"),
    logLevel: field(z.enum(["debug", "info", "warn", "error"], { error: "is not one of debug, info, warn, error" }).default("info"), "What the app writes into its log.", "info"),
    maxSseConnections: field(whole(1, 100_000).default(200), "Streams that one instance of the app holds at once; it protects this region's machine and knows nothing of the other's.", "200"),
    maxSseConnectionsPerUser: field(whole(1, 1000).default(1), "Streams of one user at once.", "1"),
    maxStreamSeconds: field(whole(60, 86_400).default(3600), "The longest stream. Old gateway workers stay this long after a reload.", "3600"),
    drainSeconds: field(whole(1, 3_600).default(30), "How long an instance that is to go lets its streams come to an end; then it tells them to reconnect with their last id.", "120"),
    llmUpstreams: field(
        list(modelService).pipe(z.array(modelService).min(1, "is empty: nobody would answer")).default(["ark"]),
        "The model services in the order in which they are asked: each after the first answers when those before it do not.", '["ark", "deepseek"]',
    ),
    volcengineApiUrl: field(httpsUrl.default("https://ark.cn-beijing.volces.com/api/v3"), "Volcengine Ark.", "https://ark.cn-beijing.volces.com/api/v3"),
    volcengineEndpointId: neededFor("ark", field(text().optional(), "Ark endpoint (or model) that answers.", "ep-20260101000000-abcde")),
    volcengineApiKey: neededFor("ark", secret(text().optional(), "Ark API key.")),
    volcengineContextTokens: field(whole(100, 10_000_000).optional(), "Tokens of a conversation that the Ark model is shown, newest first. When left out: 24,000, for a model of 32k. A part of a version.", "200000"),
    deepseekApiUrl: field(httpsUrl.default("https://api.deepseek.com/v1"), "DeepSeek.", "https://api.deepseek.com/v1"),
    deepseekModel: field(text().default("deepseek-flash"), "The model at DeepSeek that answers; their names change.", "deepseek-v4-pro"),
    deepseekContextTokens: field(whole(100, 10_000_000).optional(), "The same for the DeepSeek model. When left out: 48,000.", "100000"),
    deepseekApiKey: neededFor("deepseek", secret(text().optional(), "DeepSeek API key.")),
    corsOrigins: field(list(origin).default([]), "Web pages of other origins that may use the API from a browser.", '["https://chat.yourapp.com"]'),
    loginsPerMinute: field(whole(0, 100_000).default(30), "Logins that one client address may try in a minute; 0 is no limit. A school, or a mobile network, may be one address.", "300"),
    wechatAppid: neededFor("chat", field(text().optional(), "App id of the WeChat mini-program.", "wx0123456789abcdef")),
    wechatSecret: neededFor("chat", secret(text().optional(), "App secret of the WeChat mini-program.")),
};

const tencentKey = {
    tencentSecretId: secret(text(), "Tencent Cloud API key id. The `us` stack needs it for one rule: it opens its own door at `cn`."),
    tencentSecretKey: secret(text(), "Tencent Cloud API key."),
};

/** The settings of each stack. The type, the validation, docs/settings.md and the examples come from here. */
export const fields = {
    cn: {
        ...everywhere,
        ...inRegion,
        ...tencentKey,
        tencentRegion: field(text().default("ap-shanghai"), "Tencent Cloud region.", "ap-shanghai"),
        cloud: field(z.enum(["tencent"], { error: "is not a cloud that cn can stand on (tencent)" }).default("tencent"), "The cloud of the machine.", "tencent"),
        plan: field(z.enum(["standalone"], { error: "is not a database plan (standalone)" }).default("standalone"), "How the database is kept: `standalone` is one mongod on this machine.", "standalone"),
        jwtKey: field(whole(1, 10_000).default(1), "Number of the key that signs the users' tokens in all regions. Another number is another key: [how it is changed](real-clouds.md#another-key-for-the-users-tokens).", "2"),
        jwtKeyAccepted: field(whole(0, 10_000).optional(), "Number of the other key whose tokens are good; the one before `jwtKey` when left out.", "2"),
        peers: field(list(region.refine((name) => name !== "cn", "is where the database is")).default([]), "Regions that may come to the database. For each, an empty security group is attached, which that region's stack fills.", '["us"]'),
        zone: field(text().default("ap-shanghai-2"), "Availability zone of the machine, which [stays there](real-clouds.md#another-zone-network-or-disk).", "ap-shanghai-5"),
        instanceType: field(text().regex(/\./, "is not an instance type such as S5.MEDIUM4").default("S5.MEDIUM4"), "Instance type: 2 CPU, 4 GB.", "SA3.MEDIUM4"),
        image: field(text().regex(/^img-[a-z0-9]+$/, "is not an image id such as img-487zeit5").default("img-487zeit5"), "Image; Ubuntu Server 22.04 LTS 64-bit.", "img-487zeit5"),
        bandwidthMbps: field(whole(1, 100).default(5), "Bandwidth of the fixed address in Mbit/s.", "5"),
        networkCidr: field(network(["10.0.0.0/12", "172.16.0.0/12", "192.168.0.0/16"], 16, 23).default("10.12.0.0/16"), "Private network of the machine, which [stays there](real-clouds.md#another-zone-network-or-disk).", "10.12.0.0/16"),
    },
    us: {
        ...everywhere,
        ...inRegion,
        ...tencentKey,
        cloud: field(z.enum(["aws"], { error: "is not a cloud that us can stand on (aws)" }).default("aws"), "The cloud of the machine.", "aws"),
        awsRegion: field(text().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, "is not an AWS region such as us-east-1").default("us-east-1"), "AWS region. The credentials come from the environment, as for every AWS tool.", "us-east-1"),
        zone: field(text().optional(), "Availability zone of a new network; one that has the instance type when left out.", "us-east-1a"),
        instanceType: field(text().regex(/\./, "is not an instance type such as t3.medium").default("t3.medium"), "Instance type: 2 CPU, 4 GB.", "t3a.medium"),
        image: field(text().regex(/^ami-[0-9a-f]{8,17}$/, "is not an image id such as ami-0123456789abcdef0").optional(), "Image; the newest Ubuntu 22.04 of Canonical when left out.", "ami-0123456789abcdef0"),
        networkCidr: field(network(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"], 16, 23).default("10.11.0.0/16"), "Private network of the machine. Another network takes [another machine](real-clouds.md#another-zone-network-or-disk).", "10.11.0.0/16"),
    },
    edge: {
        ...everywhere,
        cloudflareAccountId: field(text().regex(/^[0-9a-f]{32}$/, "is not an account id of 32 hexadecimal digits"), "The Cloudflare account (shown on the zone's overview page).", "372e67954025e0ba6aaa6d586b9e0b59"),
        regions: field(list(region).pipe(z.array(region).min(1, "is empty")).default([...regions]), "The regions that `api.` leads to: one at growth stage 1, both from stage 2 on.", '["cn", "us"]'),
        checkRegions: field(whole(1, 2).default(2), "How many parts of the world look at each region's health. The Load Balancing subscription must include as many.", "1"),
        // 15 is the shortest outside the Enterprise plan (developers.cloudflare.com/load-balancing/get-started/quickstart).
        checkIntervalSeconds: field(whole(15, 3600).default(15), "How often each data centre looks. The subscription must allow it; a failover takes about as long.", "60"),
    },
} as const;

export type StackName = keyof typeof fields;
export const stackNames = Object.keys(fields) as StackName[];

/** A stack's settings, checked and with their defaults; secrets are as plain as the rest. */
export type Values<S extends StackName> = {
    -readonly [K in keyof (typeof fields)[S]]: (typeof fields)[S][K] extends { schema: infer T extends z.ZodType } ? z.output<T> : never;
};
/** What a stack's program works with: the same, each secret sealed, so that wherever it goes the state keeps it encrypted. */
export type Settings<S extends StackName> = {
    [K in keyof Values<S>]: (typeof fields)[S][K] extends { secret: true } ? Sealed<Values<S>[K]> : Values<S>[K];
};
type Sealed<V> = V extends string ? Output<string> : V extends Record<string, string> ? Record<string, Output<string>> : V;
/** What the two regions' settings have in common. */
export type RegionSettings = Pick<Settings<"cn">, keyof Settings<"cn"> & keyof Settings<"us"> & (keyof typeof everywhere | keyof typeof inRegion)>;

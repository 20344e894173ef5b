import { join, resolve } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Machine } from "../cloud/machine";
import type { DatabaseAccess } from "../database/database";
import { StandaloneDatabase } from "../database/standalone";
import { Host } from "../host/host";
import type { Keys } from "../host/keys";
import { apiHost, databaseHost, hostOf } from "../names";
import type { RegionName } from "../settings/kinds";
import type { RegionSettings } from "../settings/schema";
import { App } from "./app";
import { Images, registryHost } from "./images";
import { sourceHash, type MadeVersion } from "./made";
import { Secrets } from "./secrets";
import { bind, service, trust, volume } from "./service";
import type { Shared } from "./shared";
import { versionIn } from "./version";

export interface RegionArgs {
    region: RegionName;
    settings: RegionSettings;
    machine: Machine;
    keys: Keys;
    /** The regions that this one falls back on, and asks about certificates. */
    peers: RegionName[];
    /** Where the database is: here, or in another region. */
    database: "here" | DatabaseAccess;
    shared: Shared;
    /** What must be in place before the app can start, such as the door to the database. */
    before?: pulumi.Resource[];
    /** The app's versions that this stack has made before, and those that other regions' stacks have. */
    made: MadeVersion[];
    elsewhere: MadeVersion[];
}

/** What stands inside a region: the Swarm's network, gateway, pilot, app and, in one region, the database. */
export class Region extends pulumi.ComponentResource {
    readonly host: Host;
    readonly version: string;
    readonly app: App;
    /** How other regions reach the database, if it is here. */
    readonly database?: DatabaseAccess;

    constructor(name: string, args: RegionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("antipode:region:Region", name, {}, opts);
        const { settings, region } = args;
        const own = { parent: this };
        const here = args.database === "here";
        const source = resolve(root, settings.appFolder);
        this.version = versionIn(source);
        const toolkit = versionIn(root);

        const images = new Images(`${name}-images`, {
            registry: { ...settings.registry, password: settings.registryPassword },
            imageMirror: settings.imageMirror,
            npmRegistry: settings.npmRegistry,
            build: {
                app: { folder: settings.appFolder, tag: this.version },
                ...Object.fromEntries(["gateway", "pilot", ...(here ? ["mongod"] : [])].map((folder) => [folder, { folder, tag: toolkit }])),
            },
        }, own);
        const host = this.host = new Host(name, {
            machine: args.machine,
            keys: args.keys,
            timeoutSeconds: settings.machineTimeoutSeconds,
            registryAuth: { address: registryHost(settings.registry.server), username: settings.registry.username, password: settings.registryPassword },
        }, own);
        const network = new docker.Network(`${name}-network`, { name: "antipode", driver: "overlay", attachable: true }, host.inside(this));

        const database = here
            ? new StandaloneDatabase(`${name}-database`, { host, network, image: images.digests.mongod!, publicName: databaseHost(settings.domain), memoryMiB: 1536 }, own)
            : undefined;
        this.database = database?.remote;
        const access = database?.local ?? (args.database as DatabaseAccess);

        service(`${name}-gateway`, "gateway", {
            host,
            network,
            image: images.digests.gateway!,
            role: "gateway",
            mounts: [volume("gateway", "/etc/gateway"), trust.mount],
            ports: [80, 443],
            limits: { memoryMiB: 256 },
            // It holds the machine's ports, so its successor starts when it has gone, and listens no more from the moment
            // that it is asked to go. Only a new gateway image does that; long streams are cut either way.
            stopGraceSeconds: 10,
        }, this);

        const secrets = new Secrets(`${name}-pilot-secrets`, {
            host,
            values: {
                PEER_SECRET: args.shared.peerSecret,
                TESTER_KEY: args.shared.testerKey,
                JWT_SECRET: args.shared.jwtSecret,
                JWT_SECRET_PREVIOUS: args.shared.jwtSecretPrevious,
                RELEASE_WEBHOOK: settings.releaseWebhook,
                ...(database ? { MONGODB_ROOT_PASSWORD: database.rootPassword, MONGODB_APP_PASSWORD: access.password } : {}),
            },
        }, own);
        service(`${name}-pilot`, "pilot", {
            host,
            network,
            image: images.digests.pilot!,
            role: "pilot",
            // A label: one of the service, that changes with each version, and no instance begins anew for it.
            labels: { "antipode.source": this.version },
            env: {
                REGION: region,
                DOMAIN: settings.domain,
                NAMES: [hostOf(region, settings.domain), apiHost(settings.domain)].join(","),
                PEERS: args.peers.map((peer) => `${peer}=${hostOf(peer, settings.domain)}`).join(","),
                ACME_DIRECTORY: settings.acmeDirectory,
                ACME_EMAIL: settings.acmeEmail ?? "",
                MAX_STREAM_SECONDS: String(settings.maxStreamSeconds),
                APP_INSTANCES: String(settings.appReplicas),
                RELEASE_STRATEGY: settings.releaseStrategy,
                RELEASE_WINDOW_SECONDS: String(settings.releaseWindowSeconds ?? ""),
                RELEASE_TEST_SECONDS: String(settings.releaseTestSeconds),
                RELEASE_KEEP_SECONDS: String(settings.releaseKeepSeconds),
                RELEASE_MIN_REQUESTS: String(settings.releaseMinRequests),
                TESTERS: settings.testers.join(","),
                RELEASE_ALONE_SECONDS: String(settings.releaseAloneSeconds),
                RELEASE_DOWN_SECONDS: String(settings.releaseDownSeconds),
                ...(here ? { DATABASE: "standalone", MONGODB_USER: access.user } : {}),
                ...trust.env,
            },
            secrets: { from: secrets, names: Object.keys(secrets.files) },
            mounts: [
                bind("/var/run/docker.sock", "/var/run/docker.sock", false),
                volume("gateway", "/etc/gateway"),
                volume("pilot", "/var/lib/pilot"),
                ...(here ? [volume("mongod-socket", "/run/mongod")] : []),
                trust.mount,
            ],
            limits: { memoryMiB: 256 },
            stopGraceSeconds: 15,
        }, this);

        // Not after the database: the app waits for it by itself, here as in another region.
        this.app = new App(name, {
            region, settings, host, network, version: this.version, source: sourceHash(source), made: args.made, elsewhere: args.elsewhere, database: access, shared: args.shared,
            image: images.digests.app!, before: args.before,
        }, own);
        this.registerOutputs({ version: this.version, dockerHost: host.dockerHost });
    }
}

const root = join(__dirname, "../..");

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Host } from "../host/host";
import { Secrets } from "../region/secrets";
import { service, volume } from "../region/service";
import { DatabaseAuthority } from "./authority";
import { databasePort, databaseUri, databaseUser, type DatabaseAccess } from "./database";

export interface StandaloneArgs {
    host: Host;
    network: docker.Network;
    image: pulumi.Input<string>;
    /** Name that other regions reach it under. */
    publicName: string;
    /** Memory of the database in MiB; half of it is its cache. */
    memoryMiB: number;
}

/** Plan 1: one mongod on the machine, with a password, TLS only, and a certificate of the project's own authority. */
export class StandaloneDatabase extends pulumi.ComponentResource {
    /** For the app of this region. */
    readonly local: DatabaseAccess;
    /** For the other regions, once their door is open. */
    readonly remote: DatabaseAccess;
    readonly rootPassword: pulumi.Output<string>;
    readonly service: docker.Service;

    constructor(name: string, args: StandaloneArgs, opts?: pulumi.ComponentResourceOptions) {
        super("antipode:database:Standalone", name, {}, opts);
        const own = { parent: this };
        const password = (part: string) => new random.RandomPassword(`${name}-${part}-password`, { length: 40, special: false }, own).result;
        const authority = new DatabaseAuthority(`${name}-authority`, { names: [args.publicName, "mongod", "localhost"] }, own);
        this.rootPassword = password("root");
        const appPassword = password("app");

        const secrets = new Secrets(`${name}-secrets`, { host: args.host, values: { "mongod.pem": authority.server, "mongod-ca.pem": authority.ca } }, own);
        this.service = service(`${name}-mongod`, "mongod", {
            host: args.host,
            network: args.network,
            image: args.image,
            role: "mongod",
            env: { CACHE_GB: (args.memoryMiB / 2 / 1024).toFixed(2) },
            secrets: { from: secrets, names: ["mongod.pem", "mongod-ca.pem"] },
            mounts: [volume("mongod-data", "/data/db"), volume("mongod-socket", "/run/mongod")],
            ports: [databasePort],
            limits: { memoryMiB: args.memoryMiB },
            stopGraceSeconds: 60,
        }, this);

        const access = (host: string): DatabaseAccess => ({ uri: databaseUri(host), user: databaseUser, password: appPassword, ca: authority.ca });
        this.local = access("mongod");
        this.remote = access(args.publicName);
        this.registerOutputs({ uri: this.remote.uri });
    }
}

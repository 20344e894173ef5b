import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Host } from "../host/host";
import { duration } from "./duration";
import type { Secrets } from "./secrets";

export interface ServiceArgs {
    host: Host;
    network: docker.Network;
    image: pulumi.Input<string>;
    role: "gateway" | "pilot" | "mongod" | "app";
    labels?: Record<string, string>;
    env?: Record<string, pulumi.Input<string>>;
    /** `owner`: uid of the process that reads them, root when left out; `open`: those that every user may read. */
    secrets?: { from: Secrets; names: string[]; owner?: string; open?: string[] };
    mounts?: Mount[];
    /** Published on the machine itself. */
    ports?: number[];
    limits: { cpus?: number; memoryMiB: number };
    replicas?: number;
    /** Kept up while its successor starts; not possible for what holds a port of the machine or a file lock. */
    startFirst?: boolean;
    stopGraceSeconds: number;
    aliases?: string[];
    /** What must be in place first. */
    before?: pulumi.Resource[];
    /** Made once and never changed by the program: its labels and its number of instances are the pilot's, who also takes it away. */
    made?: true;
}

type Mount = { type: "volume" | "bind"; source: string; target: string; readOnly: boolean };

export const volume = (source: string, target: string, readOnly = false): Mount => ({ type: "volume", source, target, readOnly });
export const bind = (source: string, target = source, readOnly = true): Mount => ({ type: "bind", source, target, readOnly });

const systemCa = "/etc/ssl/certs/ca-certificates.crt";
/** A container trusts what its machine trusts. */
export const trust = { mount: bind(systemCa), env: { NODE_EXTRA_CA_CERTS: systemCa } };

/** A Swarm service with what all of ours have in common. */
export function service(name: string, serviceName: string, args: ServiceArgs, parent: pulumi.Resource): docker.Service {
    const update = {
        parallelism: 1,
        delay: duration(0),
        // Long enough to see a crash at the start; a longer watch is the pilot's, over real traffic.
        monitor: duration(2),
        maxFailureRatio: "0.0",
        order: args.startFirst ? "start-first" : "stop-first",
    };
    const labels = { "antipode.role": args.role, ...args.labels };
    return new docker.Service(name, {
        name: serviceName,
        labels: Object.entries(labels).map(([label, value]) => ({ label, value })),
        taskSpec: {
            containerSpec: {
                image: args.image,
                env: args.env,
                mounts: args.mounts,
                secrets: args.secrets?.from.pick(args.secrets.names, args.secrets.owner, args.secrets.open),
                stopGracePeriod: duration(args.stopGraceSeconds),
                init: true,
            },
            networksAdvanceds: [{ id: args.network.id, aliases: args.aliases }],
            resources: {
                limits: {
                    nanoCpus: args.limits.cpus === undefined ? undefined : args.limits.cpus * 1e9,
                    memoryBytes: args.limits.memoryMiB * 1024 * 1024,
                },
            },
            // Whole, though the last two are what is usual: left out they come back filled in, a change at every `up` (pulumi-docker#1285).
            restartPolicy: { condition: "any", delay: duration(1), maxAttempts: 0, window: duration(0) },
            logDriver: { name: "json-file", options: { "max-size": "20m", "max-file": "5" } },
        },
        mode: { replicated: { replicas: args.replicas ?? 1 } },
        updateConfig: { ...update, failureAction: "rollback" },
        rollbackConfig: { ...update, failureAction: "pause" },
        // Without this a service that never starts would count as made.
        convergeConfig: { delay: duration(1), timeout: duration(300) },
        endpointSpec: {
            // No IPVS needed, and a name that answers with every instance.
            mode: "dnsrr",
            ports: args.ports?.map((port) => ({ targetPort: port, publishedPort: port, protocol: "tcp", publishMode: "host" })),
        },
    }, args.host.inside(parent, { dependsOn: args.before, ...(args.made && { ignoreChanges: asMade, retainOnDelete: true }) }));
}

/** All but what points to other resources of the machine: on a new machine those have new ids. */
const asMade = [
    "name", "labels", "mode", "updateConfig", "rollbackConfig", "convergeConfig", "endpointSpec",
    ...["resources", "restartPolicy", "logDriver", ...["image", "env", "mounts", "stopGracePeriod", "init"].map((part) => `containerSpec.${part}`)].map((part) => `taskSpec.${part}`),
];

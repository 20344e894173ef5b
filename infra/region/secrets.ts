import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Host } from "../host/host";
import { appService, secretName } from "../names";

export type SecretFiles = Record<string, docker.Secret>;

/**
 * Docker secrets on the machine, by the name that a container finds them under in /run/secrets.
 * They are kept in the Swarm's encrypted log and reach containers in memory only.
 */
export class Secrets extends pulumi.ComponentResource {
    readonly files: SecretFiles;

    /** @param args.version whose they are; they are its own, never change, and stay in the Swarm until the pilot takes the version away */
    constructor(name: string, args: { host: Host; values: Record<string, pulumi.Input<string> | undefined>; version?: string }, opts?: pulumi.ComponentResourceOptions) {
        super("antipode:region:Secrets", name, {}, opts);
        const given = Object.entries(args.values).filter((entry): entry is [string, pulumi.Input<string>] => entry[1] !== undefined);
        this.files = Object.fromEntries(given.map(([key, value]) => {
            const text = pulumi.secret(value);
            return [key, new docker.Secret(`${name}-${key}`, {
                // The name holds a hash of the value, which says nothing about it: it need not be secret itself.
                name: pulumi.unsecret(text.apply((plain) => secretName(args.version ? `${appService(args.version)}-${key}` : key, plain))),
                data: text.apply((plain) => Buffer.from(plain).toString("base64")),
                // Said, for what was given a name goes before its successor comes otherwise (pulumi-terraform-bridge, pkg/tfbridge/schema.go,
                // nameRequiresDeleteBeforeReplace), and Swarm lets none go that a service uses.
                ...(args.version && { labels: [{ label: "antipode.version", value: args.version }] }),
            }, args.host.inside(this, { deleteBeforeReplace: false, ...(args.version && { ignoreChanges: ["name", "data", "labels"], retainOnDelete: true }) }))];
        }));
        this.registerOutputs({});
    }

    /** The part of a service's specification that hands these secrets to it. An app of one's own may run as any user. */
    pick(names: string[], owner = "0", open: string[] = []) {
        return names.filter((name) => name in this.files).map((name) => ({
            secretId: this.files[name]!.id,
            secretName: this.files[name]!.name,
            fileName: name,
            fileUid: owner,
            fileGid: owner,
            fileMode: open.includes(name) ? 0o444 : 0o400,
        }));
    }
}

import * as cloudflare from "@pulumi/cloudflare";
import * as pulumi from "@pulumi/pulumi";

export interface RecordsArgs {
    zoneId: string;
    names: string[];
    address: pulumi.Input<string>;
}

/** The plain names of a region, made by its own stack. */
export class Records extends pulumi.ComponentResource {
    readonly records: cloudflare.DnsRecord[];

    constructor(name: string, args: RecordsArgs, opts: pulumi.ComponentResourceOptions & { provider: cloudflare.Provider }) {
        super("antipode:geodns:Records", name, {}, opts);
        this.records = args.names.map((host) => new cloudflare.DnsRecord(`${name}-${host.split(".").slice(0, -1).join("-")}`, {
            zoneId: args.zoneId,
            name: host,
            type: "A",
            content: args.address,
            // A minute: the shortest outside the Enterprise plan.
            ttl: 60,
            proxied: false,
            comment: `Antipode ${pulumi.getStack()}`,
        }, { parent: this }));
        this.registerOutputs({});
    }
}

import * as pulumi from "@pulumi/pulumi";
import * as tencentcloud from "@pulumi/tencentcloud";

export interface DoorArgs {
    /** The empty group that `cn` attached for this region. */
    securityGroupId: pulumi.Input<string>;
    /** Fixed address of this region's machine. */
    address: pulumi.Input<string>;
}

/**
 * The one who comes opens the door: the single rule that lets this region's machine to the database at `cn`.
 * It belongs to this region's stack, so it goes when the region goes.
 */
export class DatabaseDoor extends pulumi.ComponentResource {
    constructor(name: string, args: DoorArgs, opts: pulumi.ComponentResourceOptions & { provider: tencentcloud.Provider }) {
        super("antipode:cloud:DatabaseDoor", name, {}, opts);
        new tencentcloud.SecurityGroupRuleSet(`${name}-rule`, {
            securityGroupId: args.securityGroupId,
            ingresses: [{
                action: "ACCEPT",
                cidrBlock: pulumi.interpolate`${args.address}/32`,
                protocol: "TCP",
                port: "27017",
                description: `MongoDB from ${pulumi.getStack()}`,
            }],
        }, { parent: this });
        this.registerOutputs({});
    }
}

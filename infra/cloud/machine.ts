import type * as pulumi from "@pulumi/pulumi";

/** A machine of any cloud, as the rest of the program sees it. */
export interface Machine {
    /** The cloud's id; another one means another machine. */
    readonly id: pulumi.Output<string>;
    /** Fixed public IPv4 address. */
    readonly address: pulumi.Output<string>;
    readonly privateAddress: pulumi.Output<string>;
    /** Who the operator logs in as. */
    readonly user: string;
    /** What must stand before anybody can reach the address. */
    readonly reachable: pulumi.Resource[];
}

export interface MachineArgs {
    /** OpenSSH public key of the operator. */
    publicKey: pulumi.Input<string>;
    userData: pulumi.Input<string>;
    adminCidrs: string[];
    networkCidr: string;
    diskGb: number;
    tags: Record<string, string>;
}

import * as pulumi from "@pulumi/pulumi";
/**
 * A part of a private network, in one zone.
 */
export declare class Subnet extends pulumi.CustomResource {
    /**
     * Get an existing Subnet resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: SubnetState, opts?: pulumi.CustomResourceOptions): Subnet;
    /**
     * Returns true if the given object is an instance of Subnet.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is Subnet;
    /**
     * The zone.
     */
    readonly availabilityZone: pulumi.Output<string>;
    readonly availableIpCount: pulumi.Output<number>;
    /**
     * Dedicated cluster.
     */
    readonly cdcId: pulumi.Output<string | undefined>;
    /**
     * Inside the network's.
     */
    readonly cidrBlock: pulumi.Output<string>;
    readonly createTime: pulumi.Output<string>;
    readonly isDefault: pulumi.Output<boolean>;
    /**
     * Multicast.
     */
    readonly isMulticast: pulumi.Output<boolean>;
    /**
     * 1 to 60 bytes.
     */
    readonly name: pulumi.Output<string>;
    /**
     * The network's default one when left out.
     */
    readonly routeTableId: pulumi.Output<string>;
    /**
     * Tags.
     */
    readonly tags: pulumi.Output<{
        [key: string]: string;
    } | undefined>;
    /**
     * The network.
     */
    readonly vpcId: pulumi.Output<string>;
    /**
     * Create a Subnet resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args: SubnetArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Look-up of an existing one.
 */
export interface SubnetState {
    /**
     * The zone.
     */
    availabilityZone?: pulumi.Input<string | undefined>;
    availableIpCount?: pulumi.Input<number | undefined>;
    /**
     * Dedicated cluster.
     */
    cdcId?: pulumi.Input<string | undefined>;
    /**
     * Inside the network's.
     */
    cidrBlock?: pulumi.Input<string | undefined>;
    createTime?: pulumi.Input<string | undefined>;
    isDefault?: pulumi.Input<boolean | undefined>;
    /**
     * Multicast.
     */
    isMulticast?: pulumi.Input<boolean | undefined>;
    /**
     * 1 to 60 bytes.
     */
    name?: pulumi.Input<string | undefined>;
    /**
     * The network's default one when left out.
     */
    routeTableId?: pulumi.Input<string | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    /**
     * The network.
     */
    vpcId?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a Subnet resource.
 */
export interface SubnetArgs {
    /**
     * The zone.
     */
    availabilityZone: pulumi.Input<string>;
    /**
     * Dedicated cluster.
     */
    cdcId?: pulumi.Input<string | undefined>;
    /**
     * Inside the network's.
     */
    cidrBlock: pulumi.Input<string>;
    /**
     * Multicast.
     */
    isMulticast?: pulumi.Input<boolean | undefined>;
    /**
     * 1 to 60 bytes.
     */
    name?: pulumi.Input<string | undefined>;
    /**
     * The network's default one when left out.
     */
    routeTableId?: pulumi.Input<string | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    /**
     * The network.
     */
    vpcId: pulumi.Input<string>;
}

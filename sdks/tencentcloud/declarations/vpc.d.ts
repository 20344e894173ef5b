import * as pulumi from "@pulumi/pulumi";
/**
 * A private network.
 */
export declare class Vpc extends pulumi.CustomResource {
    /**
     * Get an existing Vpc resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: VpcState, opts?: pulumi.CustomResourceOptions): Vpc;
    /**
     * Returns true if the given object is an instance of Vpc.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is Vpc;
    /**
     * More networks of the VPC.
     */
    readonly assistantCidrs: pulumi.Output<string[]>;
    /**
     * Network address; inside 10.0.0.0/12, 172.16.0.0/12 or 192.168.0.0/16.
     */
    readonly cidrBlock: pulumi.Output<string>;
    readonly createTime: pulumi.Output<string>;
    readonly defaultRouteTableId: pulumi.Output<string>;
    /**
     * At most four.
     */
    readonly dnsServers: pulumi.Output<string[]>;
    /**
     * Whether the VPC tells a cloud network its own range instead of those of its subnets.
     */
    readonly enableRouteVpcPublish: pulumi.Output<boolean>;
    /**
     * The same for IPv6.
     */
    readonly enableRouteVpcPublishIpv6: pulumi.Output<boolean>;
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
     * Tags.
     */
    readonly tags: pulumi.Output<{
        [key: string]: string;
    } | undefined>;
    /**
     * Create a Vpc resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args: VpcArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Look-up of an existing one.
 */
export interface VpcState {
    /**
     * More networks of the VPC.
     */
    assistantCidrs?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * Network address; inside 10.0.0.0/12, 172.16.0.0/12 or 192.168.0.0/16.
     */
    cidrBlock?: pulumi.Input<string | undefined>;
    createTime?: pulumi.Input<string | undefined>;
    defaultRouteTableId?: pulumi.Input<string | undefined>;
    /**
     * At most four.
     */
    dnsServers?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * Whether the VPC tells a cloud network its own range instead of those of its subnets.
     */
    enableRouteVpcPublish?: pulumi.Input<boolean | undefined>;
    /**
     * The same for IPv6.
     */
    enableRouteVpcPublishIpv6?: pulumi.Input<boolean | undefined>;
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
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
}
/**
 * The set of arguments for constructing a Vpc resource.
 */
export interface VpcArgs {
    /**
     * More networks of the VPC.
     */
    assistantCidrs?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * Network address; inside 10.0.0.0/12, 172.16.0.0/12 or 192.168.0.0/16.
     */
    cidrBlock: pulumi.Input<string>;
    /**
     * At most four.
     */
    dnsServers?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * Whether the VPC tells a cloud network its own range instead of those of its subnets.
     */
    enableRouteVpcPublish?: pulumi.Input<boolean | undefined>;
    /**
     * The same for IPv6.
     */
    enableRouteVpcPublishIpv6?: pulumi.Input<boolean | undefined>;
    /**
     * Multicast.
     */
    isMulticast?: pulumi.Input<boolean | undefined>;
    /**
     * 1 to 60 bytes.
     */
    name?: pulumi.Input<string | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
}

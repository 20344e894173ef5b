import * as pulumi from "@pulumi/pulumi";
/**
 * A fixed public address.
 */
export declare class Eip extends pulumi.CustomResource {
    /**
     * Get an existing Eip resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: EipState, opts?: pulumi.CustomResourceOptions): Eip;
    /**
     * Returns true if the given object is an instance of Eip.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is Eip;
    /**
     * Required with AntiDDoSEIP.
     */
    readonly antiDdosPackageId: pulumi.Output<string>;
    /**
     * ANYCAST_ZONE_GLOBAL or ANYCAST_ZONE_OVERSEAS.
     */
    readonly anycastZone: pulumi.Output<string | undefined>;
    /**
     * No longer used.
     */
    readonly applicableForClb: pulumi.Output<boolean | undefined>;
    /**
     * 0: by hand; 1: renewed; 2: not renewed.
     */
    readonly autoRenewFlag: pulumi.Output<number | undefined>;
    /**
     * bwp-…
     */
    readonly bandwidthPackageId: pulumi.Output<string>;
    /**
     * Dedicated cluster.
     */
    readonly cdcId: pulumi.Output<string | undefined>;
    /**
     * center_egress1, center_egress2 or center_egress3.
     */
    readonly egress: pulumi.Output<string>;
    /**
     * TRAFFIC_POSTPAID_BY_HOUR, BANDWIDTH_POSTPAID_BY_HOUR, BANDWIDTH_PREPAID_BY_MONTH or BANDWIDTH_PACKAGE.
     */
    readonly internetChargeType: pulumi.Output<string>;
    /**
     * Mbit/s.
     */
    readonly internetMaxBandwidthOut: pulumi.Output<number>;
    /**
     * BGP, CMCC, CTCC or CUCC.
     */
    readonly internetServiceProvider: pulumi.Output<string | undefined>;
    /**
     * Name.
     */
    readonly name: pulumi.Output<string>;
    /**
     * Months that are paid ahead; required with BANDWIDTH_PREPAID_BY_MONTH.
     */
    readonly prepaidPeriod: pulumi.Output<number | undefined>;
    readonly publicIp: pulumi.Output<string>;
    readonly status: pulumi.Output<string>;
    /**
     * Tags.
     */
    readonly tags: pulumi.Output<{
        [key: string]: string;
    } | undefined>;
    /**
     * EIP, AnycastEIP or HighQualityEIP.
     */
    readonly type: pulumi.Output<string | undefined>;
    /**
     * Create a Eip resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args?: EipArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Look-up of an existing one.
 */
export interface EipState {
    /**
     * Required with AntiDDoSEIP.
     */
    antiDdosPackageId?: pulumi.Input<string | undefined>;
    /**
     * ANYCAST_ZONE_GLOBAL or ANYCAST_ZONE_OVERSEAS.
     */
    anycastZone?: pulumi.Input<string | undefined>;
    /**
     * No longer used.
     */
    applicableForClb?: pulumi.Input<boolean | undefined>;
    /**
     * 0: by hand; 1: renewed; 2: not renewed.
     */
    autoRenewFlag?: pulumi.Input<number | undefined>;
    /**
     * bwp-…
     */
    bandwidthPackageId?: pulumi.Input<string | undefined>;
    /**
     * Dedicated cluster.
     */
    cdcId?: pulumi.Input<string | undefined>;
    /**
     * center_egress1, center_egress2 or center_egress3.
     */
    egress?: pulumi.Input<string | undefined>;
    /**
     * TRAFFIC_POSTPAID_BY_HOUR, BANDWIDTH_POSTPAID_BY_HOUR, BANDWIDTH_PREPAID_BY_MONTH or BANDWIDTH_PACKAGE.
     */
    internetChargeType?: pulumi.Input<string | undefined>;
    /**
     * Mbit/s.
     */
    internetMaxBandwidthOut?: pulumi.Input<number | undefined>;
    /**
     * BGP, CMCC, CTCC or CUCC.
     */
    internetServiceProvider?: pulumi.Input<string | undefined>;
    /**
     * Name.
     */
    name?: pulumi.Input<string | undefined>;
    /**
     * Months that are paid ahead; required with BANDWIDTH_PREPAID_BY_MONTH.
     */
    prepaidPeriod?: pulumi.Input<number | undefined>;
    publicIp?: pulumi.Input<string | undefined>;
    status?: pulumi.Input<string | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    /**
     * EIP, AnycastEIP or HighQualityEIP.
     */
    type?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a Eip resource.
 */
export interface EipArgs {
    /**
     * Required with AntiDDoSEIP.
     */
    antiDdosPackageId?: pulumi.Input<string | undefined>;
    /**
     * ANYCAST_ZONE_GLOBAL or ANYCAST_ZONE_OVERSEAS.
     */
    anycastZone?: pulumi.Input<string | undefined>;
    /**
     * No longer used.
     */
    applicableForClb?: pulumi.Input<boolean | undefined>;
    /**
     * 0: by hand; 1: renewed; 2: not renewed.
     */
    autoRenewFlag?: pulumi.Input<number | undefined>;
    /**
     * bwp-…
     */
    bandwidthPackageId?: pulumi.Input<string | undefined>;
    /**
     * Dedicated cluster.
     */
    cdcId?: pulumi.Input<string | undefined>;
    /**
     * center_egress1, center_egress2 or center_egress3.
     */
    egress?: pulumi.Input<string | undefined>;
    /**
     * TRAFFIC_POSTPAID_BY_HOUR, BANDWIDTH_POSTPAID_BY_HOUR, BANDWIDTH_PREPAID_BY_MONTH or BANDWIDTH_PACKAGE.
     */
    internetChargeType?: pulumi.Input<string | undefined>;
    /**
     * Mbit/s.
     */
    internetMaxBandwidthOut?: pulumi.Input<number | undefined>;
    /**
     * BGP, CMCC, CTCC or CUCC.
     */
    internetServiceProvider?: pulumi.Input<string | undefined>;
    /**
     * Name.
     */
    name?: pulumi.Input<string | undefined>;
    /**
     * Months that are paid ahead; required with BANDWIDTH_PREPAID_BY_MONTH.
     */
    prepaidPeriod?: pulumi.Input<number | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    /**
     * EIP, AnycastEIP or HighQualityEIP.
     */
    type?: pulumi.Input<string | undefined>;
}

import * as pulumi from "@pulumi/pulumi";
/**
 * A CVM machine.
 */
export declare class Instance extends pulumi.CustomResource {
    /**
     * Get an existing Instance resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: InstanceState, opts?: pulumi.CustomResourceOptions): Instance;
    /**
     * Returns true if the given object is an instance of Instance.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is Instance;
    /**
     * An ordinary public address; not beside an EIP.
     */
    readonly allocatePublicIp: pulumi.Output<boolean | undefined>;
    /**
     * The zone.
     */
    readonly availabilityZone: pulumi.Output<string>;
    readonly cpu: pulumi.Output<number>;
    readonly createTime: pulumi.Output<string>;
    /**
     * Refuse to be deleted.
     */
    readonly disableApiTermination: pulumi.Output<boolean>;
    /**
     * Prepaid only.
     */
    readonly forceDelete: pulumi.Output<boolean | undefined>;
    /**
     * 2 to 60 characters.
     */
    readonly hostname: pulumi.Output<string>;
    /**
     * img-…
     */
    readonly imageId: pulumi.Output<string>;
    /**
     * POSTPAID_BY_HOUR, PREPAID, SPOTPAID, …
     */
    readonly instanceChargeType: pulumi.Output<string>;
    /**
     * 2 to 128 characters.
     */
    readonly instanceName: pulumi.Output<string>;
    readonly instanceStatus: pulumi.Output<string>;
    /**
     * For example S5.MEDIUM4.
     */
    readonly instanceType: pulumi.Output<string>;
    /**
     * BANDWIDTH_PREPAID, TRAFFIC_POSTPAID_BY_HOUR, …
     */
    readonly internetChargeType: pulumi.Output<string>;
    /**
     * Mbit/s.
     */
    readonly internetMaxBandwidthOut: pulumi.Output<number>;
    /**
     * skey-…
     */
    readonly keyIds: pulumi.Output<string[]>;
    readonly memory: pulumi.Output<number>;
    /**
     * Security groups; the first is asked first.
     */
    readonly orderlySecurityGroups: pulumi.Output<string[]>;
    readonly osName: pulumi.Output<string>;
    /**
     * An address of the subnet.
     */
    readonly privateIp: pulumi.Output<string>;
    /**
     * The account's project.
     */
    readonly projectId: pulumi.Output<number>;
    readonly publicIp: pulumi.Output<string>;
    /**
     * false stops it.
     */
    readonly runningFlag: pulumi.Output<boolean>;
    /**
     * KEEP_CHARGING or STOP_CHARGING.
     */
    readonly stoppedMode: pulumi.Output<string | undefined>;
    /**
     * The subnet; in the same zone.
     */
    readonly subnetId: pulumi.Output<string>;
    /**
     * GB.
     */
    readonly systemDiskSize: pulumi.Output<number>;
    /**
     * CLOUD_PREMIUM, CLOUD_SSD, CLOUD_BSSD, CLOUD_HSSD, …
     */
    readonly systemDiskType: pulumi.Output<string>;
    /**
     * Tags.
     */
    readonly tags: pulumi.Output<{
        [key: string]: string;
    }>;
    /**
     * Base64, at most 16 KB.
     */
    readonly userData: pulumi.Output<string>;
    /**
     * Plain; at most 16 KB once in base64.
     */
    readonly userDataRaw: pulumi.Output<string>;
    /**
     * Make a new machine when it changes.
     */
    readonly userDataReplaceOnChange: pulumi.Output<boolean | undefined>;
    readonly uuid: pulumi.Output<string>;
    /**
     * The network.
     */
    readonly vpcId: pulumi.Output<string>;
    /**
     * Create a Instance resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args?: InstanceArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Look-up of an existing one.
 */
export interface InstanceState {
    /**
     * An ordinary public address; not beside an EIP.
     */
    allocatePublicIp?: pulumi.Input<boolean | undefined>;
    /**
     * The zone.
     */
    availabilityZone?: pulumi.Input<string | undefined>;
    cpu?: pulumi.Input<number | undefined>;
    createTime?: pulumi.Input<string | undefined>;
    /**
     * Refuse to be deleted.
     */
    disableApiTermination?: pulumi.Input<boolean | undefined>;
    /**
     * Prepaid only.
     */
    forceDelete?: pulumi.Input<boolean | undefined>;
    /**
     * 2 to 60 characters.
     */
    hostname?: pulumi.Input<string | undefined>;
    /**
     * img-…
     */
    imageId?: pulumi.Input<string | undefined>;
    /**
     * POSTPAID_BY_HOUR, PREPAID, SPOTPAID, …
     */
    instanceChargeType?: pulumi.Input<string | undefined>;
    /**
     * 2 to 128 characters.
     */
    instanceName?: pulumi.Input<string | undefined>;
    instanceStatus?: pulumi.Input<string | undefined>;
    /**
     * For example S5.MEDIUM4.
     */
    instanceType?: pulumi.Input<string | undefined>;
    /**
     * BANDWIDTH_PREPAID, TRAFFIC_POSTPAID_BY_HOUR, …
     */
    internetChargeType?: pulumi.Input<string | undefined>;
    /**
     * Mbit/s.
     */
    internetMaxBandwidthOut?: pulumi.Input<number | undefined>;
    /**
     * skey-…
     */
    keyIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    memory?: pulumi.Input<number | undefined>;
    /**
     * Security groups; the first is asked first.
     */
    orderlySecurityGroups?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    osName?: pulumi.Input<string | undefined>;
    /**
     * An address of the subnet.
     */
    privateIp?: pulumi.Input<string | undefined>;
    /**
     * The account's project.
     */
    projectId?: pulumi.Input<number | undefined>;
    publicIp?: pulumi.Input<string | undefined>;
    /**
     * false stops it.
     */
    runningFlag?: pulumi.Input<boolean | undefined>;
    /**
     * KEEP_CHARGING or STOP_CHARGING.
     */
    stoppedMode?: pulumi.Input<string | undefined>;
    /**
     * The subnet; in the same zone.
     */
    subnetId?: pulumi.Input<string | undefined>;
    /**
     * GB.
     */
    systemDiskSize?: pulumi.Input<number | undefined>;
    /**
     * CLOUD_PREMIUM, CLOUD_SSD, CLOUD_BSSD, CLOUD_HSSD, …
     */
    systemDiskType?: pulumi.Input<string | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    /**
     * Base64, at most 16 KB.
     */
    userData?: pulumi.Input<string | undefined>;
    /**
     * Plain; at most 16 KB once in base64.
     */
    userDataRaw?: pulumi.Input<string | undefined>;
    /**
     * Make a new machine when it changes.
     */
    userDataReplaceOnChange?: pulumi.Input<boolean | undefined>;
    uuid?: pulumi.Input<string | undefined>;
    /**
     * The network.
     */
    vpcId?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a Instance resource.
 */
export interface InstanceArgs {
    /**
     * An ordinary public address; not beside an EIP.
     */
    allocatePublicIp?: pulumi.Input<boolean | undefined>;
    /**
     * The zone.
     */
    availabilityZone?: pulumi.Input<string | undefined>;
    /**
     * Refuse to be deleted.
     */
    disableApiTermination?: pulumi.Input<boolean | undefined>;
    /**
     * Prepaid only.
     */
    forceDelete?: pulumi.Input<boolean | undefined>;
    /**
     * 2 to 60 characters.
     */
    hostname?: pulumi.Input<string | undefined>;
    /**
     * img-…
     */
    imageId?: pulumi.Input<string | undefined>;
    /**
     * POSTPAID_BY_HOUR, PREPAID, SPOTPAID, …
     */
    instanceChargeType?: pulumi.Input<string | undefined>;
    /**
     * 2 to 128 characters.
     */
    instanceName?: pulumi.Input<string | undefined>;
    /**
     * For example S5.MEDIUM4.
     */
    instanceType?: pulumi.Input<string | undefined>;
    /**
     * BANDWIDTH_PREPAID, TRAFFIC_POSTPAID_BY_HOUR, …
     */
    internetChargeType?: pulumi.Input<string | undefined>;
    /**
     * Mbit/s.
     */
    internetMaxBandwidthOut?: pulumi.Input<number | undefined>;
    /**
     * skey-…
     */
    keyIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * Security groups; the first is asked first.
     */
    orderlySecurityGroups?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * An address of the subnet.
     */
    privateIp?: pulumi.Input<string | undefined>;
    /**
     * The account's project.
     */
    projectId?: pulumi.Input<number | undefined>;
    /**
     * false stops it.
     */
    runningFlag?: pulumi.Input<boolean | undefined>;
    /**
     * KEEP_CHARGING or STOP_CHARGING.
     */
    stoppedMode?: pulumi.Input<string | undefined>;
    /**
     * The subnet; in the same zone.
     */
    subnetId?: pulumi.Input<string | undefined>;
    /**
     * GB.
     */
    systemDiskSize?: pulumi.Input<number | undefined>;
    /**
     * CLOUD_PREMIUM, CLOUD_SSD, CLOUD_BSSD, CLOUD_HSSD, …
     */
    systemDiskType?: pulumi.Input<string | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    /**
     * Base64, at most 16 KB.
     */
    userData?: pulumi.Input<string | undefined>;
    /**
     * Plain; at most 16 KB once in base64.
     */
    userDataRaw?: pulumi.Input<string | undefined>;
    /**
     * Make a new machine when it changes.
     */
    userDataReplaceOnChange?: pulumi.Input<boolean | undefined>;
    /**
     * The network.
     */
    vpcId?: pulumi.Input<string | undefined>;
}

import * as pulumi from "@pulumi/pulumi";
import * as inputs from "./types/input";
import * as outputs from "./types/output";
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
     * Required with AntiDDoSEIP.
     */
    readonly antiDdosPackageId: pulumi.Output<string>;
    /**
     * The zone.
     */
    readonly availabilityZone: pulumi.Output<string>;
    /**
     * bwp-…
     */
    readonly bandwidthPackageId: pulumi.Output<string | undefined>;
    /**
     * Role of the machine.
     */
    readonly camRoleName: pulumi.Output<string>;
    /**
     * Dedicated host.
     */
    readonly cdhHostId: pulumi.Output<string>;
    /**
     * CDH_…
     */
    readonly cdhInstanceType: pulumi.Output<string>;
    readonly cpu: pulumi.Output<number>;
    /**
     * Cores and threads.
     */
    readonly cpuTopology: pulumi.Output<outputs.InstanceCpuTopology>;
    readonly createTime: pulumi.Output<string>;
    /**
     * Further disks.
     */
    readonly dataDisks: pulumi.Output<outputs.InstanceDataDisk[]>;
    /**
     * Dedicated cluster.
     */
    readonly dedicatedClusterId: pulumi.Output<string | undefined>;
    /**
     * rpp-…; with dedicatedResourcePackTenancy alone.
     */
    readonly dedicatedResourcePackIds: pulumi.Output<string[] | undefined>;
    /**
     * ResourcePool.
     */
    readonly dedicatedResourcePackTenancy: pulumi.Output<string | undefined>;
    /**
     * Refuse to be deleted.
     */
    readonly disableApiTermination: pulumi.Output<boolean>;
    /**
     * No automation agent.
     */
    readonly disableAutomationService: pulumi.Output<boolean | undefined>;
    /**
     * No monitoring agent.
     */
    readonly disableMonitorService: pulumi.Output<boolean | undefined>;
    /**
     * No security agent.
     */
    readonly disableSecurityService: pulumi.Output<boolean | undefined>;
    /**
     * Placement groups, three at the most.
     */
    readonly disasterRecoverGroupIds: pulumi.Output<string[]>;
    /**
     * Prepaid only.
     */
    readonly forceDelete: pulumi.Output<boolean | undefined>;
    /**
     * Whether the machine may move to another host for it.
     */
    readonly forceReplacePlacementGroupId: pulumi.Output<boolean | undefined>;
    /**
     * Whether a stop is a power cut.
     */
    readonly forceStop: pulumi.Output<boolean>;
    /**
     * 2 to 60 characters.
     */
    readonly hostname: pulumi.Output<string>;
    /**
     * Cluster of high-performance machines.
     */
    readonly hpcClusterId: pulumi.Output<string>;
    /**
     * img-…
     */
    readonly imageId: pulumi.Output<string>;
    /**
     * POSTPAID_BY_HOUR, PREPAID, SPOTPAID, …
     */
    readonly instanceChargeType: pulumi.Output<string>;
    /**
     * Months that are paid ahead.
     */
    readonly instanceChargeTypePrepaidPeriod: pulumi.Output<number | undefined>;
    /**
     * NOTIFY_AND_AUTO_RENEW, NOTIFY_AND_MANUAL_RENEW or DISABLE_NOTIFY_AND_MANUAL_RENEW.
     */
    readonly instanceChargeTypePrepaidRenewFlag: pulumi.Output<string>;
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
     * WanIP, HighQualityEIP or AntiDDoSEIP.
     */
    readonly ipv4AddressType: pulumi.Output<string>;
    /**
     * How many IPv6 addresses.
     */
    readonly ipv6AddressCount: pulumi.Output<number>;
    /**
     * EIPv6 or HighQualityEIPv6.
     */
    readonly ipv6AddressType: pulumi.Output<string>;
    /**
     * Whether users and passwords of the image stay.
     */
    readonly keepImageLogin: pulumi.Output<boolean>;
    /**
     * skey-…
     */
    readonly keyIds: pulumi.Output<string[]>;
    /**
     * Deprecated: see keyIds.
     */
    readonly keyName: pulumi.Output<string>;
    /**
     * lt-…
     */
    readonly launchTemplateId: pulumi.Output<string | undefined>;
    /**
     * Version of the template.
     */
    readonly launchTemplateVersion: pulumi.Output<number | undefined>;
    readonly memory: pulumi.Output<number>;
    /**
     * Security groups; the first is asked first.
     */
    readonly orderlySecurityGroups: pulumi.Output<string[]>;
    readonly osName: pulumi.Output<string>;
    /**
     * 1 to 30.
     */
    readonly partitionNumber: pulumi.Output<number | undefined>;
    /**
     * Password of the user.
     */
    readonly password: pulumi.Output<string | undefined>;
    /**
     * Placement group.
     */
    readonly placementGroupId: pulumi.Output<string>;
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
     * Whether the fixed address goes with the machine.
     */
    readonly releaseAddress: pulumi.Output<boolean | undefined>;
    /**
     * false stops it.
     */
    readonly runningFlag: pulumi.Output<boolean>;
    /**
     * Deprecated: see orderlySecurityGroups.
     */
    readonly securityGroups: pulumi.Output<string[]>;
    /**
     * ONE-TIME.
     */
    readonly spotInstanceType: pulumi.Output<string | undefined>;
    /**
     * A decimal number.
     */
    readonly spotMaxPrice: pulumi.Output<string | undefined>;
    /**
     * SOFT_FIRST, HARD or SOFT.
     */
    readonly stopType: pulumi.Output<string | undefined>;
    /**
     * KEEP_CHARGING or STOP_CHARGING.
     */
    readonly stoppedMode: pulumi.Output<string | undefined>;
    /**
     * The subnet; in the same zone.
     */
    readonly subnetId: pulumi.Output<string>;
    /**
     * Whether the system disk is encrypted.
     */
    readonly systemDiskEncrypt: pulumi.Output<boolean>;
    /**
     * disk-…
     */
    readonly systemDiskId: pulumi.Output<string>;
    /**
     * Key of the encryption.
     */
    readonly systemDiskKmsKeyId: pulumi.Output<string>;
    /**
     * Name of the system disk.
     */
    readonly systemDiskName: pulumi.Output<string>;
    /**
     * Whether the machine runs while its disk grows.
     */
    readonly systemDiskResizeOnline: pulumi.Output<boolean | undefined>;
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
     * Required with AntiDDoSEIP.
     */
    antiDdosPackageId?: pulumi.Input<string | undefined>;
    /**
     * The zone.
     */
    availabilityZone?: pulumi.Input<string | undefined>;
    /**
     * bwp-…
     */
    bandwidthPackageId?: pulumi.Input<string | undefined>;
    /**
     * Role of the machine.
     */
    camRoleName?: pulumi.Input<string | undefined>;
    /**
     * Dedicated host.
     */
    cdhHostId?: pulumi.Input<string | undefined>;
    /**
     * CDH_…
     */
    cdhInstanceType?: pulumi.Input<string | undefined>;
    cpu?: pulumi.Input<number | undefined>;
    /**
     * Cores and threads.
     */
    cpuTopology?: pulumi.Input<inputs.InstanceCpuTopology | undefined>;
    createTime?: pulumi.Input<string | undefined>;
    /**
     * Further disks.
     */
    dataDisks?: pulumi.Input<pulumi.Input<inputs.InstanceDataDisk>[] | undefined>;
    /**
     * Dedicated cluster.
     */
    dedicatedClusterId?: pulumi.Input<string | undefined>;
    /**
     * rpp-…; with dedicatedResourcePackTenancy alone.
     */
    dedicatedResourcePackIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * ResourcePool.
     */
    dedicatedResourcePackTenancy?: pulumi.Input<string | undefined>;
    /**
     * Refuse to be deleted.
     */
    disableApiTermination?: pulumi.Input<boolean | undefined>;
    /**
     * No automation agent.
     */
    disableAutomationService?: pulumi.Input<boolean | undefined>;
    /**
     * No monitoring agent.
     */
    disableMonitorService?: pulumi.Input<boolean | undefined>;
    /**
     * No security agent.
     */
    disableSecurityService?: pulumi.Input<boolean | undefined>;
    /**
     * Placement groups, three at the most.
     */
    disasterRecoverGroupIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * Prepaid only.
     */
    forceDelete?: pulumi.Input<boolean | undefined>;
    /**
     * Whether the machine may move to another host for it.
     */
    forceReplacePlacementGroupId?: pulumi.Input<boolean | undefined>;
    /**
     * Whether a stop is a power cut.
     */
    forceStop?: pulumi.Input<boolean | undefined>;
    /**
     * 2 to 60 characters.
     */
    hostname?: pulumi.Input<string | undefined>;
    /**
     * Cluster of high-performance machines.
     */
    hpcClusterId?: pulumi.Input<string | undefined>;
    /**
     * img-…
     */
    imageId?: pulumi.Input<string | undefined>;
    /**
     * POSTPAID_BY_HOUR, PREPAID, SPOTPAID, …
     */
    instanceChargeType?: pulumi.Input<string | undefined>;
    /**
     * Months that are paid ahead.
     */
    instanceChargeTypePrepaidPeriod?: pulumi.Input<number | undefined>;
    /**
     * NOTIFY_AND_AUTO_RENEW, NOTIFY_AND_MANUAL_RENEW or DISABLE_NOTIFY_AND_MANUAL_RENEW.
     */
    instanceChargeTypePrepaidRenewFlag?: pulumi.Input<string | undefined>;
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
     * WanIP, HighQualityEIP or AntiDDoSEIP.
     */
    ipv4AddressType?: pulumi.Input<string | undefined>;
    /**
     * How many IPv6 addresses.
     */
    ipv6AddressCount?: pulumi.Input<number | undefined>;
    /**
     * EIPv6 or HighQualityEIPv6.
     */
    ipv6AddressType?: pulumi.Input<string | undefined>;
    /**
     * Whether users and passwords of the image stay.
     */
    keepImageLogin?: pulumi.Input<boolean | undefined>;
    /**
     * skey-…
     */
    keyIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * Deprecated: see keyIds.
     */
    keyName?: pulumi.Input<string | undefined>;
    /**
     * lt-…
     */
    launchTemplateId?: pulumi.Input<string | undefined>;
    /**
     * Version of the template.
     */
    launchTemplateVersion?: pulumi.Input<number | undefined>;
    memory?: pulumi.Input<number | undefined>;
    /**
     * Security groups; the first is asked first.
     */
    orderlySecurityGroups?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    osName?: pulumi.Input<string | undefined>;
    /**
     * 1 to 30.
     */
    partitionNumber?: pulumi.Input<number | undefined>;
    /**
     * Password of the user.
     */
    password?: pulumi.Input<string | undefined>;
    /**
     * Placement group.
     */
    placementGroupId?: pulumi.Input<string | undefined>;
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
     * Whether the fixed address goes with the machine.
     */
    releaseAddress?: pulumi.Input<boolean | undefined>;
    /**
     * false stops it.
     */
    runningFlag?: pulumi.Input<boolean | undefined>;
    /**
     * Deprecated: see orderlySecurityGroups.
     */
    securityGroups?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * ONE-TIME.
     */
    spotInstanceType?: pulumi.Input<string | undefined>;
    /**
     * A decimal number.
     */
    spotMaxPrice?: pulumi.Input<string | undefined>;
    /**
     * SOFT_FIRST, HARD or SOFT.
     */
    stopType?: pulumi.Input<string | undefined>;
    /**
     * KEEP_CHARGING or STOP_CHARGING.
     */
    stoppedMode?: pulumi.Input<string | undefined>;
    /**
     * The subnet; in the same zone.
     */
    subnetId?: pulumi.Input<string | undefined>;
    /**
     * Whether the system disk is encrypted.
     */
    systemDiskEncrypt?: pulumi.Input<boolean | undefined>;
    /**
     * disk-…
     */
    systemDiskId?: pulumi.Input<string | undefined>;
    /**
     * Key of the encryption.
     */
    systemDiskKmsKeyId?: pulumi.Input<string | undefined>;
    /**
     * Name of the system disk.
     */
    systemDiskName?: pulumi.Input<string | undefined>;
    /**
     * Whether the machine runs while its disk grows.
     */
    systemDiskResizeOnline?: pulumi.Input<boolean | undefined>;
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
     * Required with AntiDDoSEIP.
     */
    antiDdosPackageId?: pulumi.Input<string | undefined>;
    /**
     * The zone.
     */
    availabilityZone?: pulumi.Input<string | undefined>;
    /**
     * bwp-…
     */
    bandwidthPackageId?: pulumi.Input<string | undefined>;
    /**
     * Role of the machine.
     */
    camRoleName?: pulumi.Input<string | undefined>;
    /**
     * Dedicated host.
     */
    cdhHostId?: pulumi.Input<string | undefined>;
    /**
     * CDH_…
     */
    cdhInstanceType?: pulumi.Input<string | undefined>;
    /**
     * Cores and threads.
     */
    cpuTopology?: pulumi.Input<inputs.InstanceCpuTopology | undefined>;
    /**
     * Further disks.
     */
    dataDisks?: pulumi.Input<pulumi.Input<inputs.InstanceDataDisk>[] | undefined>;
    /**
     * Dedicated cluster.
     */
    dedicatedClusterId?: pulumi.Input<string | undefined>;
    /**
     * rpp-…; with dedicatedResourcePackTenancy alone.
     */
    dedicatedResourcePackIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * ResourcePool.
     */
    dedicatedResourcePackTenancy?: pulumi.Input<string | undefined>;
    /**
     * Refuse to be deleted.
     */
    disableApiTermination?: pulumi.Input<boolean | undefined>;
    /**
     * No automation agent.
     */
    disableAutomationService?: pulumi.Input<boolean | undefined>;
    /**
     * No monitoring agent.
     */
    disableMonitorService?: pulumi.Input<boolean | undefined>;
    /**
     * No security agent.
     */
    disableSecurityService?: pulumi.Input<boolean | undefined>;
    /**
     * Placement groups, three at the most.
     */
    disasterRecoverGroupIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * Prepaid only.
     */
    forceDelete?: pulumi.Input<boolean | undefined>;
    /**
     * Whether the machine may move to another host for it.
     */
    forceReplacePlacementGroupId?: pulumi.Input<boolean | undefined>;
    /**
     * Whether a stop is a power cut.
     */
    forceStop?: pulumi.Input<boolean | undefined>;
    /**
     * 2 to 60 characters.
     */
    hostname?: pulumi.Input<string | undefined>;
    /**
     * Cluster of high-performance machines.
     */
    hpcClusterId?: pulumi.Input<string | undefined>;
    /**
     * img-…
     */
    imageId?: pulumi.Input<string | undefined>;
    /**
     * POSTPAID_BY_HOUR, PREPAID, SPOTPAID, …
     */
    instanceChargeType?: pulumi.Input<string | undefined>;
    /**
     * Months that are paid ahead.
     */
    instanceChargeTypePrepaidPeriod?: pulumi.Input<number | undefined>;
    /**
     * NOTIFY_AND_AUTO_RENEW, NOTIFY_AND_MANUAL_RENEW or DISABLE_NOTIFY_AND_MANUAL_RENEW.
     */
    instanceChargeTypePrepaidRenewFlag?: pulumi.Input<string | undefined>;
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
     * WanIP, HighQualityEIP or AntiDDoSEIP.
     */
    ipv4AddressType?: pulumi.Input<string | undefined>;
    /**
     * How many IPv6 addresses.
     */
    ipv6AddressCount?: pulumi.Input<number | undefined>;
    /**
     * EIPv6 or HighQualityEIPv6.
     */
    ipv6AddressType?: pulumi.Input<string | undefined>;
    /**
     * Whether users and passwords of the image stay.
     */
    keepImageLogin?: pulumi.Input<boolean | undefined>;
    /**
     * skey-…
     */
    keyIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * Deprecated: see keyIds.
     */
    keyName?: pulumi.Input<string | undefined>;
    /**
     * lt-…
     */
    launchTemplateId?: pulumi.Input<string | undefined>;
    /**
     * Version of the template.
     */
    launchTemplateVersion?: pulumi.Input<number | undefined>;
    /**
     * Security groups; the first is asked first.
     */
    orderlySecurityGroups?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * 1 to 30.
     */
    partitionNumber?: pulumi.Input<number | undefined>;
    /**
     * Password of the user.
     */
    password?: pulumi.Input<string | undefined>;
    /**
     * Placement group.
     */
    placementGroupId?: pulumi.Input<string | undefined>;
    /**
     * An address of the subnet.
     */
    privateIp?: pulumi.Input<string | undefined>;
    /**
     * The account's project.
     */
    projectId?: pulumi.Input<number | undefined>;
    /**
     * Whether the fixed address goes with the machine.
     */
    releaseAddress?: pulumi.Input<boolean | undefined>;
    /**
     * false stops it.
     */
    runningFlag?: pulumi.Input<boolean | undefined>;
    /**
     * Deprecated: see orderlySecurityGroups.
     */
    securityGroups?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    /**
     * ONE-TIME.
     */
    spotInstanceType?: pulumi.Input<string | undefined>;
    /**
     * A decimal number.
     */
    spotMaxPrice?: pulumi.Input<string | undefined>;
    /**
     * SOFT_FIRST, HARD or SOFT.
     */
    stopType?: pulumi.Input<string | undefined>;
    /**
     * KEEP_CHARGING or STOP_CHARGING.
     */
    stoppedMode?: pulumi.Input<string | undefined>;
    /**
     * The subnet; in the same zone.
     */
    subnetId?: pulumi.Input<string | undefined>;
    /**
     * Whether the system disk is encrypted.
     */
    systemDiskEncrypt?: pulumi.Input<boolean | undefined>;
    /**
     * disk-…
     */
    systemDiskId?: pulumi.Input<string | undefined>;
    /**
     * Key of the encryption.
     */
    systemDiskKmsKeyId?: pulumi.Input<string | undefined>;
    /**
     * Name of the system disk.
     */
    systemDiskName?: pulumi.Input<string | undefined>;
    /**
     * Whether the machine runs while its disk grows.
     */
    systemDiskResizeOnline?: pulumi.Input<boolean | undefined>;
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

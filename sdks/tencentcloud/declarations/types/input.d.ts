import * as pulumi from "@pulumi/pulumi";
/**
 * Cores and threads.
 */
export interface InstanceCpuTopology {
    /**
     * Cores.
     */
    coreCount?: pulumi.Input<number | undefined>;
    /**
     * 1 or 2.
     */
    threadPerCore?: pulumi.Input<number | undefined>;
}
/**
 * A further disk.
 */
export interface InstanceDataDisk {
    /**
     * disk-…
     */
    dataDiskId?: pulumi.Input<string | undefined>;
    /**
     * Name.
     */
    dataDiskName?: pulumi.Input<string | undefined>;
    /**
     * GB.
     */
    dataDiskSize: pulumi.Input<number>;
    /**
     * snap-…
     */
    dataDiskSnapshotId?: pulumi.Input<string | undefined>;
    /**
     * CLOUD_BSSD, CLOUD_SSD, CLOUD_PREMIUM and so on.
     */
    dataDiskType: pulumi.Input<string>;
    /**
     * Whether it goes with the machine.
     */
    deleteWithInstance?: pulumi.Input<boolean | undefined>;
    /**
     * The same for a machine that is paid ahead.
     */
    deleteWithInstancePrepaid?: pulumi.Input<boolean | undefined>;
    /**
     * Whether it is encrypted.
     */
    encrypt?: pulumi.Input<boolean | undefined>;
    /**
     * Key of the encryption.
     */
    kmsKeyId?: pulumi.Input<string | undefined>;
    /**
     * MiB/s beyond the usual.
     */
    throughputPerformance?: pulumi.Input<number | undefined>;
}
/**
 * One line of the outbound list: the first that matches decides.
 */
export interface SecurityGroupRuleSetEgress {
    /**
     * ACCEPT or DROP.
     */
    action: pulumi.Input<string>;
    /**
     * Address template group (ipmg-…).
     */
    addressTemplateGroup?: pulumi.Input<string | undefined>;
    /**
     * Address template (ipm-…).
     */
    addressTemplateId?: pulumi.Input<string | undefined>;
    /**
     * IPv4 address or network.
     */
    cidrBlock?: pulumi.Input<string | undefined>;
    /**
     * What the line is for.
     */
    description?: pulumi.Input<string | undefined>;
    /**
     * IPv6 address or network.
     */
    ipv6CidrBlock?: pulumi.Input<string | undefined>;
    /**
     * Place in the list; computed.
     */
    policyIndex?: pulumi.Input<number | undefined>;
    /**
     * `80`, `80,90`, `80-90` or `ALL`.
     */
    port?: pulumi.Input<string | undefined>;
    /**
     * TCP, UDP, ICMP, ICMPv6 or ALL.
     */
    protocol?: pulumi.Input<string | undefined>;
    /**
     * Protocol template group (ppmg-…).
     */
    serviceTemplateGroup?: pulumi.Input<string | undefined>;
    /**
     * Protocol template (ppm-…).
     */
    serviceTemplateId?: pulumi.Input<string | undefined>;
    /**
     * Another security group.
     */
    sourceSecurityId?: pulumi.Input<string | undefined>;
}
/**
 * One line of the inbound list: the first that matches decides.
 */
export interface SecurityGroupRuleSetIngress {
    /**
     * ACCEPT or DROP.
     */
    action: pulumi.Input<string>;
    /**
     * Address template group (ipmg-…).
     */
    addressTemplateGroup?: pulumi.Input<string | undefined>;
    /**
     * Address template (ipm-…).
     */
    addressTemplateId?: pulumi.Input<string | undefined>;
    /**
     * IPv4 address or network.
     */
    cidrBlock?: pulumi.Input<string | undefined>;
    /**
     * What the line is for.
     */
    description?: pulumi.Input<string | undefined>;
    /**
     * IPv6 address or network.
     */
    ipv6CidrBlock?: pulumi.Input<string | undefined>;
    /**
     * Place in the list; computed.
     */
    policyIndex?: pulumi.Input<number | undefined>;
    /**
     * `80`, `80,90`, `80-90` or `ALL`.
     */
    port?: pulumi.Input<string | undefined>;
    /**
     * TCP, UDP, ICMP, ICMPv6 or ALL.
     */
    protocol?: pulumi.Input<string | undefined>;
    /**
     * Protocol template group (ppmg-…).
     */
    serviceTemplateGroup?: pulumi.Input<string | undefined>;
    /**
     * Protocol template (ppm-…).
     */
    serviceTemplateId?: pulumi.Input<string | undefined>;
    /**
     * Another security group.
     */
    sourceSecurityId?: pulumi.Input<string | undefined>;
}

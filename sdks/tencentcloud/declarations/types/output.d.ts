/**
 * Cores and threads.
 */
export interface InstanceCpuTopology {
    /**
     * Cores.
     */
    coreCount: number;
    /**
     * 1 or 2.
     */
    threadPerCore: number;
}
/**
 * A further disk.
 */
export interface InstanceDataDisk {
    /**
     * disk-…
     */
    dataDiskId: string;
    /**
     * Name.
     */
    dataDiskName: string;
    /**
     * GB.
     */
    dataDiskSize: number;
    /**
     * snap-…
     */
    dataDiskSnapshotId?: string;
    /**
     * CLOUD_BSSD, CLOUD_SSD, CLOUD_PREMIUM and so on.
     */
    dataDiskType: string;
    /**
     * Whether it goes with the machine.
     */
    deleteWithInstance?: boolean;
    /**
     * The same for a machine that is paid ahead.
     */
    deleteWithInstancePrepaid?: boolean;
    /**
     * Whether it is encrypted.
     */
    encrypt?: boolean;
    /**
     * Key of the encryption.
     */
    kmsKeyId: string;
    /**
     * MiB/s beyond the usual.
     */
    throughputPerformance?: number;
}
/**
 * One line of the outbound list: the first that matches decides.
 */
export interface SecurityGroupRuleSetEgress {
    /**
     * ACCEPT or DROP.
     */
    action: string;
    /**
     * Address template group (ipmg-…).
     */
    addressTemplateGroup?: string;
    /**
     * Address template (ipm-…).
     */
    addressTemplateId?: string;
    /**
     * IPv4 address or network.
     */
    cidrBlock?: string;
    /**
     * What the line is for.
     */
    description?: string;
    /**
     * IPv6 address or network.
     */
    ipv6CidrBlock?: string;
    /**
     * Place in the list; computed.
     */
    policyIndex: number;
    /**
     * `80`, `80,90`, `80-90` or `ALL`.
     */
    port: string;
    /**
     * TCP, UDP, ICMP, ICMPv6 or ALL.
     */
    protocol: string;
    /**
     * Protocol template group (ppmg-…).
     */
    serviceTemplateGroup?: string;
    /**
     * Protocol template (ppm-…).
     */
    serviceTemplateId?: string;
    /**
     * Another security group.
     */
    sourceSecurityId?: string;
}
/**
 * One line of the inbound list: the first that matches decides.
 */
export interface SecurityGroupRuleSetIngress {
    /**
     * ACCEPT or DROP.
     */
    action: string;
    /**
     * Address template group (ipmg-…).
     */
    addressTemplateGroup?: string;
    /**
     * Address template (ipm-…).
     */
    addressTemplateId?: string;
    /**
     * IPv4 address or network.
     */
    cidrBlock?: string;
    /**
     * What the line is for.
     */
    description?: string;
    /**
     * IPv6 address or network.
     */
    ipv6CidrBlock?: string;
    /**
     * Place in the list; computed.
     */
    policyIndex: number;
    /**
     * `80`, `80,90`, `80-90` or `ALL`.
     */
    port: string;
    /**
     * TCP, UDP, ICMP, ICMPv6 or ALL.
     */
    protocol: string;
    /**
     * Protocol template group (ppmg-…).
     */
    serviceTemplateGroup?: string;
    /**
     * Protocol template (ppm-…).
     */
    serviceTemplateId?: string;
    /**
     * Another security group.
     */
    sourceSecurityId?: string;
}

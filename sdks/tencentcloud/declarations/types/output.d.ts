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

import * as pulumi from "@pulumi/pulumi";
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

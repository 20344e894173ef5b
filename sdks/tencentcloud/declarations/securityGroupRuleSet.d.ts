import * as pulumi from "@pulumi/pulumi";
import * as inputs from "./types/input";
import * as outputs from "./types/output";
/**
 * All the rules of one security group, in order. It owns the group's whole list.
 */
export declare class SecurityGroupRuleSet extends pulumi.CustomResource {
    /**
     * Get an existing SecurityGroupRuleSet resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: SecurityGroupRuleSetState, opts?: pulumi.CustomResourceOptions): SecurityGroupRuleSet;
    /**
     * Returns true if the given object is an instance of SecurityGroupRuleSet.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is SecurityGroupRuleSet;
    /**
     * Outbound, in order.
     */
    readonly egresses: pulumi.Output<outputs.SecurityGroupRuleSetEgress[] | undefined>;
    /**
     * Inbound, in order.
     */
    readonly ingresses: pulumi.Output<outputs.SecurityGroupRuleSetIngress[] | undefined>;
    /**
     * The group.
     */
    readonly securityGroupId: pulumi.Output<string>;
    readonly version: pulumi.Output<string>;
    /**
     * Create a SecurityGroupRuleSet resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args: SecurityGroupRuleSetArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Look-up of an existing one.
 */
export interface SecurityGroupRuleSetState {
    /**
     * Outbound, in order.
     */
    egresses?: pulumi.Input<pulumi.Input<inputs.SecurityGroupRuleSetEgress>[] | undefined>;
    /**
     * Inbound, in order.
     */
    ingresses?: pulumi.Input<pulumi.Input<inputs.SecurityGroupRuleSetIngress>[] | undefined>;
    /**
     * The group.
     */
    securityGroupId?: pulumi.Input<string | undefined>;
    version?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a SecurityGroupRuleSet resource.
 */
export interface SecurityGroupRuleSetArgs {
    /**
     * Outbound, in order.
     */
    egresses?: pulumi.Input<pulumi.Input<inputs.SecurityGroupRuleSetEgress>[] | undefined>;
    /**
     * Inbound, in order.
     */
    ingresses?: pulumi.Input<pulumi.Input<inputs.SecurityGroupRuleSetIngress>[] | undefined>;
    /**
     * The group.
     */
    securityGroupId: pulumi.Input<string>;
}

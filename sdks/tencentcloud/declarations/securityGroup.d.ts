import * as pulumi from "@pulumi/pulumi";
/**
 * A firewall, empty at first: an empty one denies all.
 */
export declare class SecurityGroup extends pulumi.CustomResource {
    /**
     * Get an existing SecurityGroup resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: SecurityGroupState, opts?: pulumi.CustomResourceOptions): SecurityGroup;
    /**
     * Returns true if the given object is an instance of SecurityGroup.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is SecurityGroup;
    /**
     * 1 to 100 bytes.
     */
    readonly description: pulumi.Output<string | undefined>;
    /**
     * 1 to 60 bytes.
     */
    readonly name: pulumi.Output<string>;
    /**
     * The account's project.
     */
    readonly projectId: pulumi.Output<number>;
    /**
     * Tags.
     */
    readonly tags: pulumi.Output<{
        [key: string]: string;
    } | undefined>;
    /**
     * Create a SecurityGroup resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args?: SecurityGroupArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Look-up of an existing one.
 */
export interface SecurityGroupState {
    /**
     * 1 to 100 bytes.
     */
    description?: pulumi.Input<string | undefined>;
    /**
     * 1 to 60 bytes.
     */
    name?: pulumi.Input<string | undefined>;
    /**
     * The account's project.
     */
    projectId?: pulumi.Input<number | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
}
/**
 * The set of arguments for constructing a SecurityGroup resource.
 */
export interface SecurityGroupArgs {
    /**
     * 1 to 100 bytes.
     */
    description?: pulumi.Input<string | undefined>;
    /**
     * 1 to 60 bytes.
     */
    name?: pulumi.Input<string | undefined>;
    /**
     * The account's project.
     */
    projectId?: pulumi.Input<number | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
}

import * as pulumi from "@pulumi/pulumi";
/**
 * A fixed address bound to a machine.
 */
export declare class EipAssociation extends pulumi.CustomResource {
    /**
     * Get an existing EipAssociation resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: EipAssociationState, opts?: pulumi.CustomResourceOptions): EipAssociation;
    /**
     * Returns true if the given object is an instance of EipAssociation.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is EipAssociation;
    /**
     * The address.
     */
    readonly eipId: pulumi.Output<string>;
    /**
     * The machine.
     */
    readonly instanceId: pulumi.Output<string>;
    /**
     * Or one of its interfaces,
     */
    readonly networkInterfaceId: pulumi.Output<string>;
    /**
     * and the address on it.
     */
    readonly privateIp: pulumi.Output<string>;
    /**
     * Create a EipAssociation resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args: EipAssociationArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Look-up of an existing one.
 */
export interface EipAssociationState {
    /**
     * The address.
     */
    eipId?: pulumi.Input<string | undefined>;
    /**
     * The machine.
     */
    instanceId?: pulumi.Input<string | undefined>;
    /**
     * Or one of its interfaces,
     */
    networkInterfaceId?: pulumi.Input<string | undefined>;
    /**
     * and the address on it.
     */
    privateIp?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a EipAssociation resource.
 */
export interface EipAssociationArgs {
    /**
     * The address.
     */
    eipId: pulumi.Input<string>;
    /**
     * The machine.
     */
    instanceId?: pulumi.Input<string | undefined>;
    /**
     * Or one of its interfaces,
     */
    networkInterfaceId?: pulumi.Input<string | undefined>;
    /**
     * and the address on it.
     */
    privateIp?: pulumi.Input<string | undefined>;
}

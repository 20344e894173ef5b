import * as pulumi from "@pulumi/pulumi";
/**
 * An ssh key that instances are made with.
 */
export declare class KeyPair extends pulumi.CustomResource {
    /**
     * Get an existing KeyPair resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: KeyPairState, opts?: pulumi.CustomResourceOptions): KeyPair;
    /**
     * Returns true if the given object is an instance of KeyPair.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is KeyPair;
    readonly createdTime: pulumi.Output<string>;
    /**
     * Stop the instances that use it, to unbind it.
     */
    readonly forceStop: pulumi.Output<boolean>;
    /**
     * 1 to 25 letters, digits and _.
     */
    readonly keyName: pulumi.Output<string>;
    /**
     * Only of a key that the cloud made.
     */
    readonly privateKey: pulumi.Output<string>;
    /**
     * The account's project.
     */
    readonly projectId: pulumi.Output<number | undefined>;
    /**
     * OpenSSH, RSA.
     */
    readonly publicKey: pulumi.Output<string>;
    /**
     * Tags.
     */
    readonly tags: pulumi.Output<{
        [key: string]: string;
    } | undefined>;
    /**
     * Create a KeyPair resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args: KeyPairArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Look-up of an existing one.
 */
export interface KeyPairState {
    createdTime?: pulumi.Input<string | undefined>;
    /**
     * Stop the instances that use it, to unbind it.
     */
    forceStop?: pulumi.Input<boolean | undefined>;
    /**
     * 1 to 25 letters, digits and _.
     */
    keyName?: pulumi.Input<string | undefined>;
    /**
     * Only of a key that the cloud made.
     */
    privateKey?: pulumi.Input<string | undefined>;
    /**
     * The account's project.
     */
    projectId?: pulumi.Input<number | undefined>;
    /**
     * OpenSSH, RSA.
     */
    publicKey?: pulumi.Input<string | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
}
/**
 * The set of arguments for constructing a KeyPair resource.
 */
export interface KeyPairArgs {
    /**
     * Stop the instances that use it, to unbind it.
     */
    forceStop?: pulumi.Input<boolean | undefined>;
    /**
     * 1 to 25 letters, digits and _.
     */
    keyName: pulumi.Input<string>;
    /**
     * The account's project.
     */
    projectId?: pulumi.Input<number | undefined>;
    /**
     * OpenSSH, RSA.
     */
    publicKey?: pulumi.Input<string | undefined>;
    /**
     * Tags.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
}

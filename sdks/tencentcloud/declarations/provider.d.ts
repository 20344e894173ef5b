import * as pulumi from "@pulumi/pulumi";
/**
 * The provider of the tencentcloud package.
 */
export declare class Provider extends pulumi.ProviderResource {
    /**
     * Returns true if the given object is an instance of Provider.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is Provider;
    /**
     * Root domain of the API.
     */
    readonly domain: pulumi.Output<string | undefined>;
    /**
     * HTTP or HTTPS.
     */
    readonly protocol: pulumi.Output<string | undefined>;
    /**
     * Cloud region, for example ap-shanghai.
     */
    readonly region: pulumi.Output<string | undefined>;
    /**
     * API key id.
     */
    readonly secretId: pulumi.Output<string | undefined>;
    /**
     * API key.
     */
    readonly secretKey: pulumi.Output<string | undefined>;
    /**
     * Token of a temporary key.
     */
    readonly securityToken: pulumi.Output<string | undefined>;
    /**
     * Create a Provider resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args?: ProviderArgs, opts?: pulumi.ResourceOptions);
}
/**
 * The set of arguments for constructing a Provider resource.
 */
export interface ProviderArgs {
    /**
     * Root domain of the API.
     */
    domain?: pulumi.Input<string | undefined>;
    /**
     * HTTP or HTTPS.
     */
    protocol?: pulumi.Input<string | undefined>;
    /**
     * Cloud region, for example ap-shanghai.
     */
    region?: pulumi.Input<string | undefined>;
    /**
     * API key id.
     */
    secretId?: pulumi.Input<string | undefined>;
    /**
     * API key.
     */
    secretKey?: pulumi.Input<string | undefined>;
    /**
     * Token of a temporary key.
     */
    securityToken?: pulumi.Input<string | undefined>;
}

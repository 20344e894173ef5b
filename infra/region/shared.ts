import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/** The secrets that all regions have the same of. One makes them, the others take them from its outputs. */
export interface Shared {
    /** Signs the users' tokens: a user may be served by each region. */
    jwtSecret: pulumi.Input<string>;
    /** Of another key, whose tokens are good as well. */
    jwtSecretPrevious: pulumi.Input<string>;
    /**
     * What the regions' gateways know each other by: a request that carries it comes from a peer, and is believed on
     * who its visitor is. It has nothing of the tokens' key, which may have changed in one region and not yet in the other.
     */
    peerSecret: pulumi.Input<string>;
    /** Makes the proofs by which testers get a version that is on its way: what one region's app hands out is good in the other. */
    testerKey: pulumi.Input<string>;
}

export interface SharedSecretsArgs {
    /** Number of the key that signs; each number is a key of its own. */
    jwtKey: number;
    /** Number of the other key. The one before, when left out; before the first there is one that never signed anything. */
    jwtKeyAccepted?: number;
}

/** Makes them. A key that neither number names any more is gone for good. */
export class SharedSecrets extends pulumi.ComponentResource implements Shared {
    readonly jwtSecret: pulumi.Output<string>;
    readonly jwtSecretPrevious: pulumi.Output<string>;
    readonly peerSecret: pulumi.Output<string>;
    readonly testerKey: pulumi.Output<string>;

    constructor(name: string, { jwtKey, jwtKeyAccepted = jwtKey - 1 }: SharedSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("antipode:region:SharedSecrets", name, {}, opts);
        const make = (one: string) => new random.RandomPassword(one, { length: 64, special: false }, { parent: this }).result;
        this.jwtSecret = make(`jwt-secret-${jwtKey}`);
        this.jwtSecretPrevious = make(`jwt-secret-${jwtKeyAccepted}`);
        this.peerSecret = make("peer-secret");
        this.testerKey = make("tester-key");
        this.registerOutputs({});
    }

    /** As a region's stack outputs them. */
    outputs(): Record<keyof Shared, pulumi.Output<string>> {
        return { jwtSecret: this.jwtSecret, jwtSecretPrevious: this.jwtSecretPrevious, peerSecret: this.peerSecret, testerKey: this.testerKey };
    }
}

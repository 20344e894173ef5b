import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

export interface KeysArgs {
    /** How the cloud wants the operator's key: Tencent's API documents RSA only. */
    operator: "ED25519" | "RSA";
}

/** The keys of a machine, made once and kept in the stack's state as secrets. */
export class Keys extends pulumi.ComponentResource {
    /** Logs in as the machine's user. */
    readonly operator: tls.PrivateKey;
    /** The machine's host key. */
    readonly host: tls.PrivateKey;
    /** The host key of the first contact; it travels in user-data and is void after it. */
    readonly bootstrap: tls.PrivateKey;

    constructor(name: string, args: KeysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("antipode:host:Keys", name, {}, opts);
        const key = (part: string, kind: "ED25519" | "RSA") =>
            new tls.PrivateKey(`${name}-${part}`, kind === "RSA" ? { algorithm: "RSA", rsaBits: 3072 } : { algorithm: "ED25519" }, { parent: this });
        this.operator = key("operator", args.operator);
        this.host = key("host", "ED25519");
        this.bootstrap = key("bootstrap", "ED25519");
        this.registerOutputs({ operatorPublicKey: this.operator.publicKeyOpenssh, hostPublicKey: this.host.publicKeyOpenssh });
    }
}

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Machine } from "../cloud/machine";
import { Gate } from "./gate";
import { keyFiles, layOut } from "./key-cache";
import type { Keys } from "./keys";

export interface HostArgs {
    machine: Machine;
    keys: Keys;
    timeoutSeconds: number;
    registryAuth: { address: string; username: string; password: pulumi.Input<string> };
}

/** A machine that is ready, and the way into its Docker engine. */
export class Host extends pulumi.ComponentResource {
    readonly gate: Gate;
    readonly docker: docker.Provider;
    readonly dockerHost: pulumi.Output<string>;

    constructor(name: string, args: HostArgs, opts?: pulumi.ComponentResourceOptions) {
        super("antipode:host:Host", name, {}, opts);
        const { machine, keys } = args;
        this.gate = new Gate(`${name}-ready`, {
            machine: machine.id,
            contact: {
                host: machine.address,
                user: machine.user,
                privateKey: keys.operator.privateKeyOpenssh,
                hostPrivateKey: keys.host.privateKeyOpenssh,
                hostPublicKey: keys.host.publicKeyOpenssh,
                bootstrapPublicKey: keys.bootstrap.publicKeyOpenssh,
                timeoutSeconds: args.timeoutSeconds,
                stack: pulumi.getStack(),
            },
        }, { parent: this, dependsOn: machine.reachable });

        const files = keyFiles(pulumi.getStack());
        const ready = pulumi
            .all([this.gate.dockerHost, machine.address, keys.operator.privateKeyOpenssh, keys.host.publicKeyOpenssh])
            .apply(([dockerHost, host, privateKey, hostPublicKey]) => {
                // A preview goes to no machine: on a runner for pull requests nobody wants the key on disk.
                if (!pulumi.runtime.isDryRun()) layOut(files, { host, user: machine.user, privateKey, hostPublicKey });
                return dockerHost;
            });
        // The secret is in the file that was laid out, not in the address.
        this.dockerHost = pulumi.unsecret(ready);
        this.docker = new docker.Provider(`${name}-docker`, {
            host: this.dockerHost,
            // The operator's own ssh configuration is for other machines: it may name a jump host, a command or another user for all.
            sshOpts: ["-F", "none", ...[
                "IdentitiesOnly=yes", `IdentityFile=${files.identity}`, "StrictHostKeyChecking=yes", `UserKnownHostsFile=${files.knownHosts}`,
                "GlobalKnownHostsFile=/dev/null", "HostKeyAlgorithms=ssh-ed25519", "ServerAliveInterval=15",
            ].flatMap((option) => ["-o", option])],
            registryAuth: [args.registryAuth],
        }, { parent: this });
        this.registerOutputs({ dockerHost: this.dockerHost });
    }

    /**
     * Options of a resource on the machine. A new machine has none of them, so all are made anew with it; and with the
     * old machine they are gone, so nobody asks it to delete them.
     */
    inside(parent: pulumi.Resource, opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
        return { parent, provider: this.docker, replaceWith: [this.gate], deletedWith: this.gate, ...opts };
    }
}

import * as pulumi from "@pulumi/pulumi";
import { waitForMachine, type Contact } from "./readiness";

export interface GateArgs {
    /** The machine's id: another machine is another gate. */
    machine: pulumi.Input<string>;
    contact: { [K in keyof Contact]: pulumi.Input<Contact[K]> };
}

interface GateState { machine: string; contact: Contact; dockerHost: string }

const provider: pulumi.dynamic.ResourceProvider = {
    async create(args: Omit<GateState, "dockerHost">) {
        await waitForMachine(args.contact);
        return { id: args.machine, outs: { ...args, dockerHost: `ssh://${args.contact.user}@${args.contact.host}` } };
    },

    // The keys and the deadline matter to the first contact only; a machine that was ready is not asked again.
    async diff(_id: string, old: GateState, args: Omit<GateState, "dockerHost">) {
        const replaces = [
            ...(old.machine === args.machine ? [] : ["machine"]),
            ...(old.contact.host === args.contact.host && old.contact.hostPublicKey === args.contact.hostPublicKey ? [] : ["contact"]),
        ];
        return { changes: replaces.length > 0, replaces, deleteBeforeReplace: false };
    },
};

/**
 * Opens when the machine is ready: ssh with the stack's own host key, cloud-init through, Docker a Swarm.
 * Whatever goes onto the machine takes `dockerHost` from here, so that nothing dials a machine that is not there yet.
 */
export class Gate extends pulumi.dynamic.Resource {
    declare readonly dockerHost: pulumi.Output<string>;

    constructor(name: string, args: GateArgs, opts?: pulumi.CustomResourceOptions) {
        super(provider, name, { ...args, contact: pulumi.secret(args.contact), dockerHost: undefined }, {
            ...opts,
            additionalSecretOutputs: ["contact"],
        });
    }
}

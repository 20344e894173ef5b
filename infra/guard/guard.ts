import * as pulumi from "@pulumi/pulumi";
import { standing, type ListedStack } from "./standing";

interface GuardState { stack: string; others: string[] }

const provider: pulumi.dynamic.ResourceProvider = {
    async create(args: GuardState) {
        return { id: args.stack, outs: args };
    },

    async update(_id: string, _old: GuardState, args: GuardState) {
        return { outs: args };
    },

    async delete(_id: string, state: GuardState) {
        const { execFileSync } = require("node:child_process") as typeof import("node:child_process");
        // The very CLI that runs this destroy, with its backend and project: both come with the environment and the folder.
        const listed = JSON.parse(execFileSync("pulumi", ["stack", "ls", "--json", "--non-interactive"], { encoding: "utf8" })) as ListedStack[];
        const left = standing(listed, state.others);
        if (left.length === 0) return;
        const refusal = new Error(`The stack ${state.stack} is still needed by ${left.join(" and ")}: destroy ${left.length > 1 ? "those" : "that"} first `
            + `(${left.map((name) => `pulumi destroy -s ${name}`).join(", then ")}). Nothing was deleted.`);
        // The engine prints it besides the message; the reader is an operator.
        refusal.stack = "";
        throw refusal;
    },
};

/**
 * Refuses to let this stack go while others stand on it. It depends on everything else in the stack, so a destroy
 * comes to it first and stops there.
 */
export class Guard extends pulumi.dynamic.Resource {
    constructor(name: string, args: { others: string[] }, opts: pulumi.CustomResourceOptions) {
        super(provider, name, { stack: pulumi.getStack(), others: args.others }, opts);
    }
}

import * as pulumi from "@pulumi/pulumi";
import type { StackName } from "../infra/settings/schema";
import { shortenFailures } from "./failure";

type Program = () => Record<string, unknown> | Promise<Record<string, unknown>>;

// Loaded one at a time: a stack need not wait for the SDK of a cloud that it does not use.
const stacks: Record<StackName, () => Program> = {
    cn: () => require("./cn").cn,
    us: () => require("./us").us,
    edge: () => require("./edge").edge,
};

shortenFailures();

const name = pulumi.getStack();
if (!(name in stacks)) throw new pulumi.RunError(`There is no stack "${name}" in this project: take one of ${Object.keys(stacks).join(", ")}.`);

export = stacks[name as StackName]()();

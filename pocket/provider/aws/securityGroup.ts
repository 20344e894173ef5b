import type { Store } from "../../store";
import type { Failure } from "../kind";
import type { Values } from "../values";
import { ACCOUNT } from "./catalogue";
import { awsKind, list, lookUp, prefixed, several } from "./kind";
import { failure, refuse } from "./refuse";
import type { GroupRule } from "./securityGroupRule";

/** A rule inside the group's own arguments; the program uses rule resources instead. */
export interface InlineRule { protocol: string; fromPort: number; toPort: number; cidrBlocks?: string[]; securityGroups?: string[]; self?: boolean }
export interface SecurityGroupInputs extends Values {
    vpcId?: string; name?: string; namePrefix?: string; description?: string; ingress?: InlineRule[]; egress?: InlineRule[];
}
export interface SecurityGroup extends SecurityGroupInputs { vpcId: string; name: string; description: string }

const MAX_LENGTH = 255;
/** CreateSecurityGroup's characters for names and descriptions. */
export const ALLOWED = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;

export const securityGroup = awsKind<SecurityGroupInputs, SecurityGroup>({
    token: "aws:ec2/securityGroup:SecurityGroup",
    kind: "securityGroup",
    prefix: "sg",
    replaceOn: ["name", "namePrefix", "description", "vpcId"],
    autoName: { property: "name", maxLength: MAX_LENGTH, unless: "namePrefix" },
    updates: true,
    settles: true,
    check(inputs) {
        const { name, namePrefix, description } = inputs;
        const failures = [...text("name", name), ...text("namePrefix", namePrefix), ...text("description", description)];
        if (description === "") failures.push(failure("description", "InvalidParameterValue", 'expected "description" to be between 1 and 255 characters long'));
        if (name?.startsWith("sg-")) failures.push(failure("name", "InvalidParameterValue", `invalid value for name: "${name}" cannot begin with sg-`));
        if (several(inputs, ["name", "namePrefix"]).length > 1) failures.push(failure("namePrefix", "InvalidParameterCombination", '"namePrefix" conflicts with "name"'));
        return failures;
    },
    admit({ vpcId, name }, context, self) {
        if (!vpcId) throw refuse("CreateSecurityGroup", "VPCIdNotSpecified", "No default VPC for this user", "vpcId");
        lookUp(context, "vpc", vpcId, "CreateSecurityGroup", "vpcId");
        const taken = list<SecurityGroup>(context.store, "securityGroup", (g) => g.vpcId === vpcId && g.name.toLowerCase() === name?.toLowerCase());
        if (taken.every((g) => g.id === self?.id)) return;
        throw refuse("CreateSecurityGroup", "InvalidGroup.Duplicate", `The security group '${name}' already exists for VPC '${vpcId}'`, "name");
    },
    // The provider takes away the allow-all egress that EC2 gives a new group: there is none unless a rule says so.
    compute: (_id, inputs, _context, before) => ({
        ownerId: ACCOUNT, revokeRulesOnDelete: false, ingress: [], egress: [], namePrefix: "", ...inputs,
        vpcId: inputs.vpcId ?? "", name: inputs.name ?? before?.name ?? prefixed(inputs.namePrefix ?? ""), description: inputs.description ?? "Managed by Pulumi",
    }),
    release({ id }, { store }) {
        const users = usersOf(id, store);
        if (users.length === 0) return;
        throw refuse("DeleteSecurityGroup", "DependencyViolation", `resource ${id} has a dependent object: ${users.join(", ")}`);
    },
    takesAlong: ({ id }, store) => list<GroupRule>(store, "securityGroupRule", (rule) => rule.securityGroupId === id),
});

/** Machines in the group, and rules of other groups that name it. */
function usersOf(id: string, store: Store): string[] {
    const machines = list<{ vpcSecurityGroupIds?: string[] }>(store, "instance", (i) => i.vpcSecurityGroupIds?.includes(id) ?? false);
    const rules = list<GroupRule>(store, "securityGroupRule", (r) => r.referencedSecurityGroupId === id && r.securityGroupId !== id);
    return [...machines, ...rules].map((r) => r.id);
}

export function text(property: string, value: string | undefined): Failure[] {
    if (value === undefined) return [];
    if (value.length > MAX_LENGTH) return [failure(property, "InvalidParameterValue", `expected "${property}" to be at most ${MAX_LENGTH} characters long`)];
    if (ALLOWED.test(value)) return [];
    const bad = [...value].find((c) => !ALLOWED.test(c));
    return [failure(property, "InvalidParameterValue", `Value (${value}) for parameter ${property} is invalid: character ${JSON.stringify(bad)} is not allowed. `
        + "Valid are a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*")];
}

import type { Store } from "../../store";
import type { Failure } from "../kind";
import type { Rule, Rules } from "../rules";
import type { Values } from "../values";
import { ACCOUNT } from "./catalogue";
import { network4, network6 } from "./cidrRules";
import { MAX_PREFIX, awsKind, list, lookUp, prefixed } from "./kind";
import { checkPorts, protocol } from "./protocols";
import { failure, refuse } from "./refuse";
import type { GroupRule } from "./securityGroupRule";

/** A rule inside the group's own arguments; the program uses rule resources instead. */
export interface InlineRule { protocol: string; fromPort: number; toPort: number; cidrBlocks?: string[]; securityGroups?: string[]; self?: boolean }
export interface SecurityGroupInputs extends Values {
    vpcId?: string; name?: string; namePrefix?: string; description?: string; ingress?: InlineRule[]; egress?: InlineRule[];
}
export interface SecurityGroup extends SecurityGroupInputs { vpcId: string; name: string; description: string }

const MAX_LENGTH = 255;
/** CreateSecurityGroup's and IpRange's characters for names and descriptions. */
const text: Rule = { length: [0, MAX_LENGTH], pattern: /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/, says: "has characters other than a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*" };
export const description = text;

/** A rule inside a group's arguments, as vpc_security_group.go has it: securityGroupRuleNestedBlock. */
const inline = (direction: "ingress" | "egress"): Rules => ({
    [direction]: { set: true },
    [`${direction}[*].cidrBlocks[*]`]: network4,
    [`${direction}[*].description`]: description,
    [`${direction}[*].ipv6CidrBlocks[*]`]: network6,
    [`${direction}[*].protocol`]: protocol,
    [`${direction}[*].securityGroups`]: { set: true },
    [`${direction}[*].self`]: { default: false },
});

export const securityGroup = awsKind<SecurityGroupInputs, SecurityGroup>({
    token: "aws:ec2/securityGroup:SecurityGroup",
    kind: "securityGroup",
    prefix: "sg",
    replaceOn: ["name", "namePrefix", "description", "vpcId"],
    autoName: { property: "name", maxLength: MAX_LENGTH, unless: "namePrefix" },
    updates: true,
    settles: true,
    rules: {
        description: { ...text, length: [1, MAX_LENGTH], default: "Managed by Pulumi" },
        name: text,
        namePrefix: { ...text, length: [0, MAX_PREFIX], conflictsWith: ["name"] },
        revokeRulesOnDelete: { default: false },
        ...inline("ingress"),
        ...inline("egress"),
    },
    check: ({ name, namePrefix, ingress, egress }) => [...reserved("name", name), ...reserved("namePrefix", namePrefix), ...ports("ingress", ingress), ...ports("egress", egress)],
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

function reserved(property: string, value: string | undefined): Failure[] {
    return value?.startsWith("sg-") ? [failure(property, "InvalidParameterValue", `invalid value for ${property}: "${value}" cannot begin with sg-`)] : [];
}

/** All protocols have no ports: the provider wants 0 for both (vpc_security_group.go, expandIPPerms). */
function ports(direction: string, rules: InlineRule[] = []): Failure[] {
    return rules.flatMap((rule, i) => {
        const all = ["-1", "all"].includes(rule.protocol.toLowerCase());
        if (!all) return checkPorts(rule, `${direction}[${i}].`, () => true);
        return rule.fromPort === 0 && rule.toPort === 0 ? []
            : [failure(`${direction}[${i}].fromPort`, "InvalidParameterCombination", `from_port (${rule.fromPort}) and to_port (${rule.toPort}) must both be 0 to use the 'ALL' "-1" protocol!`)];
    });
}

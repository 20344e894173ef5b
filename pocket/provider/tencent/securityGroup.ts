import type { Store } from "../../store";
import type { Values } from "../values";
import { list, tencentKind } from "./kind";
import { refuse } from "./refuse";
import type { RuleSet } from "./securityGroupRuleSet";

export interface SecurityGroup extends Values { name: string; description?: string; projectId?: number }

/** Groups that a project has in a region unless the quota is raised. */
const QUOTA = 50;

/** A new group denies everything both ways. */
export const securityGroup = tencentKind<SecurityGroup, SecurityGroup>({
    token: "securityGroup:SecurityGroup",
    kind: "securityGroup",
    prefix: "sg",
    replaceOn: ["projectId"],
    autoName: { property: "name", maxLength: 60 },
    updates: true,
    settles: true,
    // Characters, not bytes. No description is fine, an empty one is not (resource_tc_security_group.go, ValidateStringLengthInRange).
    rules: {
        name: { length: [1, 60], code: "InvalidParameterValue.TooLong" },
        description: { length: [1, 100], code: "InvalidParameterValue.TooLong" },
    },
    admit({ name }, { store, region }, self) {
        const groups = list<SecurityGroup>(store, "securityGroup").filter((g) => g.region === region && g.id !== self?.id);
        if (groups.some((g) => g.props.name === name)) throw refuse("InvalidParameterValue.Duplicate", `A security group named \`${name}\` already exists.`, "name");
        if (groups.length >= QUOTA) throw refuse("LimitExceeded", `The number of security groups is limited to ${QUOTA}.`);
    },
    compute: (_id, inputs) => ({ description: "", projectId: 0, ...inputs }),
    release({ id }, { store }) {
        const users = usersOf(id, store);
        if (users.length > 0) throw refuse("ResourceInUse", `The security group \`${id}\` is in use by ${users.join(", ")}.`);
    },
    takesAlong: ({ id }, store) => list(store, "securityGroupRuleSet").filter((r) => r.props.securityGroupId === id),
});

function usersOf(id: string, store: Store): string[] {
    const machines = list<{ orderlySecurityGroups?: string[] }>(store, "instance", (i) => i.orderlySecurityGroups?.includes(id) ?? false);
    const sets = list<RuleSet>(store, "securityGroupRuleSet", (s) => s.securityGroupId !== id && [...(s.ingresses ?? []), ...(s.egresses ?? [])].some((r) => r.sourceSecurityId === id));
    return [...machines.map((m) => m.id), ...sets.map((s) => `the rules of ${s.props.securityGroupId}`)];
}

import type { CheckContext, Difference, Failure, Kind } from "../kind";
import type { Values } from "../values";
import { network4, network6 } from "./cidrRules";
import { awsKind, list, lookUp, several } from "./kind";
import { checkPorts, protocol, protocolName } from "./protocols";
import { failure, refuse } from "./refuse";
import { description } from "./securityGroup";

export interface RuleInputs extends Values {
    securityGroupId: string; ipProtocol: string; fromPort?: number; toPort?: number;
    cidrIpv4?: string; cidrIpv6?: string; prefixListId?: string; referencedSecurityGroupId?: string; description?: string;
}
export interface GroupRule extends RuleInputs { direction: "ingress" | "egress"; securityGroupRuleId: string }

const SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
/** Rules of one direction that a group may hold unless the quota is raised. */
const QUOTA = 60;

export const securityGroupIngressRule = rule("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ingress");
export const securityGroupEgressRule = rule("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "egress");

function rule(token: string, direction: "ingress" | "egress"): Kind<RuleInputs, GroupRule> {
    const operation = direction === "ingress" ? "AuthorizeSecurityGroupIngress" : "AuthorizeSecurityGroupEgress";
    return awsKind<RuleInputs, GroupRule>({
        token,
        kind: "securityGroupRule",
        prefix: "sgr",
        replaceOn: ["securityGroupId"],
        updates: true,
        settles: true,
        bridge: "framework",
        exactlyOneOf: [SOURCES],
        rules: { cidrIpv4: network4, cidrIpv6: network6, description, ipProtocol: protocol, prefixListId: { pattern: /^pl-/, says: "is not the id of a prefix list" } },
        check: ports,
        diff: (_olds, _news, found) => (switched(found) ? found.map((d) => ({ ...d, replace: d.replace || SOURCES.includes(d.path) })) : found),
        admit(inputs, context, self) {
            if (several(inputs, SOURCES).length !== 1) throw refuse(operation, "InvalidParameterCombination", `exactly one of ${SOURCES.join(", ")} must be given`, "cidrIpv4");
            lookUp(context, "securityGroup", inputs.securityGroupId, operation, "securityGroupId");
            if (inputs.referencedSecurityGroupId) {
                lookUp(context, "securityGroup", inputs.referencedSecurityGroupId, operation, "referencedSecurityGroupId");
            }
            if (inputs.prefixListId) throw refuse(operation, "InvalidPrefixListID.NotFound", `The prefix list ID '${inputs.prefixListId}' does not exist`, "prefixListId");
            const others = list<GroupRule>(context.store, "securityGroupRule", (r) => r.securityGroupId === inputs.securityGroupId && r.direction === direction)
                .filter((r) => r.id !== self?.id);
            if (others.some((r) => sameAs(r.props, inputs))) {
                throw refuse(operation, "InvalidPermission.Duplicate", `the specified rule "peer: ${SOURCES.map((s) => inputs[s]).find(Boolean)}, `
                    + `${inputs.ipProtocol}, from port: ${inputs.fromPort}, to port: ${inputs.toPort}, ALLOW" already exists`, "securityGroupId");
            }
            if (others.length < QUOTA) return;
            throw refuse(operation, "RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.", "securityGroupId");
        },
        compute: (id, inputs, context) => ({ ...inputs, direction, securityGroupRuleId: id, arn: `arn:aws:ec2:${context.region}::security-group-rule/${id}` }),
    });
}

const oneOf = `exactly one of ${SOURCES.map((s) => `"${s}"`).join(", ")} must be given`;

/** Ports stay out of a rule for all protocols. */
function ports({ ipProtocol, fromPort, toPort }: Partial<RuleInputs>, { unknown }: Pick<CheckContext, "unknown">): Failure[] {
    const all = ipProtocol !== undefined && protocolName(ipProtocol) === "-1";
    if (!all) return checkPorts({ protocol: ipProtocol, fromPort, toPort }, "", (name) => !unknown(name));
    return Object.entries({ fromPort, toPort }).filter(([, port]) => port !== undefined)
        .map(([name]) => failure(name, "InvalidParameterCombination", `"${name}" must not be given with ipProtocol "-1": all ports are meant`));
}

function switched(found: Difference[]): boolean {
    return found.some((d) => SOURCES.includes(d.path) && d.kind !== "update");
}

function sameAs(a: RuleInputs, b: RuleInputs): boolean {
    return ["ipProtocol", "fromPort", "toPort", ...SOURCES].every((name) => a[name] === b[name]);
}

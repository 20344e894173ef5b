import { isNetwork, isNetwork6 } from "../cidr";
import type { CheckContext, Difference, Failure, Kind } from "../kind";
import type { Values } from "../values";
import { awsKind, list, lookUp, several } from "./kind";
import { failure, refuse } from "./refuse";
import { text } from "./securityGroup";

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
        check: (inputs, context) => [...protocolAndPorts(inputs, context), ...source(inputs), ...text("description", inputs.description)],
        diff: (_olds, _news, found) => (switched(found) ? found.map((d) => ({ ...d, replace: d.replace || SOURCES.includes(d.path) })) : found),
        admit(inputs, context, self) {
            if (several(inputs, SOURCES).length !== 1) throw refuse(operation, "InvalidParameterCombination", oneOf, "cidrIpv4");
            lookUp(context, "securityGroup", inputs.securityGroupId, operation, "securityGroupId");
            if (inputs.referencedSecurityGroupId) {
                lookUp(context, "securityGroup", inputs.referencedSecurityGroupId, operation, "referencedSecurityGroupId");
            }
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

function protocolAndPorts({ ipProtocol, fromPort, toPort }: Partial<RuleInputs>, { unknown }: Pick<CheckContext, "unknown">): Failure[] {
    const failures: Failure[] = [];
    const number = Number(ipProtocol);
    if (ipProtocol !== undefined && !["tcp", "udp", "icmp", "icmpv6", "-1"].includes(ipProtocol) && !(/^\d+$/.test(ipProtocol) && number <= 255)) {
        failures.push(failure("ipProtocol", "InvalidPermission.Malformed", `Unsupported IP protocol "${ipProtocol}": tcp, udp, icmp, icmpv6, a number or -1`));
    }
    const tcpOrUdp = ["tcp", "6", "udp", "17"].includes(ipProtocol ?? "");
    for (const [name, port] of Object.entries({ fromPort, toPort })) {
        // AuthorizeSecurityGroupIngress: "If the protocol is TCP or UDP, you must also specify a port or port range."
        if (port === undefined && tcpOrUdp && !unknown(name)) failures.push(failure(name, "InvalidParameterValue", "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange."));
        if (port === undefined) continue;
        if (ipProtocol === "-1") failures.push(failure(name, "InvalidParameterCombination", `"${name}" must not be given with ipProtocol "-1": all ports are meant`));
        else if (!Number.isInteger(port) || port < -1 || port > 65535) failures.push(failure(name, "InvalidParameterValue", `expected "${name}" to be in the range (-1 - 65535), got ${port}`));
    }
    if (tcpOrUdp && fromPort !== undefined && toPort !== undefined && fromPort > toPort) {
        failures.push(failure("fromPort", "InvalidParameterValue", `Invalid TCP/UDP port range (${fromPort}:${toPort})`));
    }
    return failures;
}

function source(inputs: Partial<RuleInputs>): Failure[] {
    if (several(inputs as Values, SOURCES).length > 1) return [failure(several(inputs as Values, SOURCES)[1]!, "InvalidParameterCombination", oneOf)];
    const { cidrIpv4, cidrIpv6 } = inputs;
    const malformed = (name: string, cidr: string, example: string): Failure =>
        failure(name, "InvalidParameterValue", `CIDR block "${cidr}" is malformed: a network address without host bits is wanted, such as ${example}`);
    if (cidrIpv4 !== undefined && !isNetwork(cidrIpv4)) return [malformed("cidrIpv4", cidrIpv4, "203.0.113.7/32")];
    return cidrIpv6 !== undefined && !isNetwork6(cidrIpv6) ? [malformed("cidrIpv6", cidrIpv6, "2001:db8::/32")] : [];
}

function switched(found: Difference[]): boolean {
    return found.some((d) => SOURCES.includes(d.path) && d.kind !== "update");
}

function sameAs(a: RuleInputs, b: RuleInputs): boolean {
    return ["ipProtocol", "fromPort", "toPort", ...SOURCES].every((name) => a[name] === b[name]);
}

import { isIP } from "node:net";
import type { Seen } from "./rule";

/** Ports that a rule lets a range of addresses come to by TCP, and the property that says so. */
export interface Opening { source: string; from: number; to: number; where: string }

/** What a resource lets in, whatever the cloud calls it. */
export function openings({ type, props }: Seen): Opening[] {
    switch (type) {
        case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
            return aws({ ...props, protocol: props.ipProtocol, cidrIpv4: [props.cidrIpv4], cidrIpv6: [props.cidrIpv6] }, "", ["cidrIpv4", "cidrIpv6"]);
        case "aws:ec2/securityGroupRule:SecurityGroupRule":
            return props.type === "ingress" ? aws(props, "") : [];
        case "aws:ec2/securityGroup:SecurityGroup":
        case "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup":
            return (props.ingress ?? []).flatMap((rule: any, index: number) => aws(rule, `ingress[${index}].`));
        case "tencentcloud:index/securityGroupRuleSet:SecurityGroupRuleSet":
            return (props.ingresses ?? []).flatMap((rule: any, index: number) =>
                // The provider fills the family that is not meant with an empty text.
                tencent(rule.action, rule.cidrBlock || rule.ipv6CidrBlock, rule.port, rule.protocol, `ingresses[${index}]`));
        case "tencentcloud:index/securityGroupRule:SecurityGroupRule":
            return props.type === "ingress" ? tencent(props.policy, props.cidrIp, props.portRange, props.ipProtocol, "cidrIp") : [];
        case "tencentcloud:index/securityGroupLiteRule:SecurityGroupLiteRule":
            // "ACCEPT#0.0.0.0/0#80-90#TCP"
            return (props.ingresses ?? []).flatMap((line: string, index: number) => {
                const [action, source, port, protocol] = line.split("#");
                return tencent(action, source, port, protocol, `ingresses[${index}]`);
            });
        default:
            return [];
    }
}

/** Wider than what was ever given to one organisation: /8 in IPv4, /16 in IPv6. */
export function isWide(source: string): boolean {
    const [address = "", length] = source.split("/");
    if (length === undefined) return address === "0.0.0.0" || address === "::";
    return Number(length) < { 0: 0, 4: 8, 6: 16 }[isIP(address) as 0 | 4 | 6];
}

const every = { from: 0, to: 65535 };
/** No protocol means all of them; 6 is the number of TCP. */
const carriesTcp = (protocol: unknown) => /^(|-1|all|tcp|6)$/i.test(String(protocol ?? ""));

function aws(rule: Record<string, any>, path: string, lists = ["cidrBlocks", "ipv6CidrBlocks"]): Opening[] {
    if (!carriesTcp(rule.protocol)) return [];
    const single = /^(tcp|6)$/i.test(String(rule.protocol)) && rule.fromPort !== undefined && rule.fromPort !== -1;
    const ports = single ? { from: rule.fromPort, to: rule.toPort ?? rule.fromPort } : every;
    return lists.flatMap((list) => (rule[list] ?? []).filter(Boolean).map((source: string) => ({ source, ...ports, where: `${path}${list}` })));
}

function tencent(action: string | undefined, source: string | undefined, ports: string | undefined, protocol: string | undefined, where: string): Opening[] {
    if (!/^accept$/i.test(action ?? "") || !source || !carriesTcp(protocol)) return [];
    const ranges = !ports || /^all$/i.test(ports) ? [every] : ports.split(",").map((part) => {
        const [from = 0, to = from] = part.split("-").map(Number);
        return { from, to };
    });
    // "0.0.0.0/n is mapped to 0.0.0.0/0" (tencentcloud-sdk-go, vpc/v20170312, SecurityGroupPolicy.CidrBlock).
    const whence = source.replace(/^0\.0\.0\.0(\/\d+)?$/, "0.0.0.0/0");
    return ranges.map((range) => ({ source: whence, ...range, where }));
}

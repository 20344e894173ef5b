import { parseCidr, parseIp } from "../cidr";
import type { Failure } from "../kind";
import type { Values } from "../values";
import { lookUp, tencentKind } from "./kind";
import { failure } from "./refuse";

export interface RuleLine {
    action: string; cidrBlock?: string; ipv6CidrBlock?: string; sourceSecurityId?: string; addressTemplateId?: string; addressTemplateGroup?: string;
    protocol?: string; port?: string; serviceTemplateId?: string; serviceTemplateGroup?: string; description?: string; policyIndex?: number;
}
export interface RuleSet extends Values { securityGroupId: string; ingresses?: RuleLine[]; egresses?: RuleLine[]; version?: string }

const SOURCES = ["cidrBlock", "ipv6CidrBlock", "sourceSecurityId", "addressTemplateId", "addressTemplateGroup"] as const;
const PROTOCOLS = ["TCP", "UDP", "ICMP", "ICMPV6", "ALL"];
/** Lines of one direction. */
const QUOTA = 100;

/**
 * The whole policy list of a group, first match first. Its id is the group's; the record has a key of its own because
 * both are kept in one store.
 */
export const securityGroupRuleSet = tencentKind<RuleSet, RuleSet>({
    token: "securityGroupRuleSet:SecurityGroupRuleSet",
    kind: "securityGroupRuleSet",
    newId: ({ securityGroupId }) => securityGroupId,
    recordId: (id) => `${id}/rules`,
    replaceOn: ["securityGroupId"],
    recomputes: { version: ["*"] },
    updates: true,
    settles: true,
    check: (inputs) => (["ingresses", "egresses"] as const).flatMap((direction) => {
        const lines = inputs[direction] ?? [];
        const many = lines.length > QUOTA ? [failure(direction, "LimitExceeded", `at most ${QUOTA} lines`)] : [];
        return [...many, ...lines.flatMap((line, i) => checkLine(line, `${direction}[${i}]`)), ...duplicates(lines, direction)];
    }),
    admit(inputs, context) {
        lookUp(context, "securityGroup", inputs.securityGroupId, "ResourceNotFound", "securityGroupId");
        for (const direction of ["ingresses", "egresses"] as const) {
            for (const [i, { sourceSecurityId }] of (inputs[direction] ?? []).entries()) {
                if (sourceSecurityId) lookUp(context, "securityGroup", sourceSecurityId, "ResourceNotFound", `${direction}[${i}].sourceSecurityId`);
            }
        }
    },
    compute: (_id, inputs, _context, before) => ({ ...inputs, version: String(Number(before?.version ?? 0) + 1) }),
});

function checkLine(line: RuleLine, at: string): Failure[] {
    const failures: Failure[] = [];
    const sources = SOURCES.filter((name) => line[name] !== undefined);
    const protocol = line.protocol?.toUpperCase();
    const port = line.port?.toUpperCase();
    if (!["ACCEPT", "DROP"].includes(line.action?.toUpperCase() ?? "ACCEPT")) failures.push(failure(`${at}.action`, "InvalidParameterValue", `"${line.action}" must be ACCEPT or DROP`));
    if (sources.length !== 1) failures.push(failure(`${at}.${sources[1] ?? "cidrBlock"}`, "InvalidParameter.Coexist", `exactly one of ${SOURCES.join(", ")} must be given`));
    if (line.cidrBlock !== undefined && !parseCidr(line.cidrBlock) && parseIp(line.cidrBlock) === undefined) {
        failures.push(failure(`${at}.cidrBlock`, "InvalidParameterValue.Malformed", `"${line.cidrBlock}" is no IPv4 address or network`));
    }
    if (protocol !== undefined && !PROTOCOLS.includes(protocol)) failures.push(failure(`${at}.protocol`, "InvalidParameterValue", `"${line.protocol}" must be TCP, UDP, ICMP, ICMPv6 or ALL`));
    if (protocol === "ALL" && port !== undefined && port !== "ALL") failures.push(failure(`${at}.port`, "InvalidParameter.Coexist", 'with protocol ALL the port must be "ALL"'));
    else if (port !== undefined && port !== "ALL" && protocol?.startsWith("ICMP")) {
        failures.push(failure(`${at}.port`, "InvalidParameter.Coexist", "a port goes with TCP or UDP alone"));
    } else if (port !== undefined && !ports(port)) {
        failures.push(failure(`${at}.port`, "InvalidParameterValue.Range", `"${line.port}" must be like 80, 80,443, 80-90 or ALL, within 1-65535`));
    }
    if (line.port !== undefined && (line.serviceTemplateId ?? line.serviceTemplateGroup) !== undefined) {
        failures.push(failure(`${at}.port`, "InvalidParameter.Coexist", "port and a service template exclude each other"));
    }
    return failures;
}

function duplicates(lines: RuleLine[], direction: string): Failure[] {
    const seen = new Map<string, number>();
    return lines.flatMap((line, i) => {
        const key = JSON.stringify([line.action?.toUpperCase(), ...SOURCES.map((s) => line[s]), line.protocol?.toUpperCase(), line.port?.toUpperCase()]);
        const first = seen.get(key);
        seen.set(key, i);
        return first === undefined ? [] : [failure(`${direction}[${i}]`, "UnsupportedOperation.DuplicatePolicy", `the line is the same as ${direction}[${first}]`)];
    });
}

/** Inclusive ranges; an empty list for every port, absent for what is no port text. */
export function ports(text: string): { from: number; to: number }[] | undefined {
    if (text.toUpperCase() === "ALL") return [];
    const ranges = text.split(",").map((part) => /^(\d+)(?:-(\d+))?$/.exec(part.trim())).map((m) => m && { from: Number(m[1]), to: Number(m[2] ?? m[1]) });
    return ranges.every((r) => r && r.from >= 1 && r.to <= 65535 && r.from <= r.to) ? (ranges as { from: number; to: number }[]) : undefined;
}


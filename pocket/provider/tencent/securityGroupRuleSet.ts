import { isIPv6 } from "node:net";
import { parseCidr, parseIp } from "../cidr";
import type { Difference, Failure } from "../kind";
import type { Values } from "../values";
import { lookUp, tencentKind } from "./kind";
import { failure, refuse } from "./refuse";

export interface RuleLine {
    action: string; cidrBlock?: string; ipv6CidrBlock?: string; sourceSecurityId?: string; addressTemplateId?: string; addressTemplateGroup?: string;
    protocol?: string; port?: string; serviceTemplateId?: string; serviceTemplateGroup?: string; description?: string; policyIndex?: number;
}
export interface RuleSet extends Values { securityGroupId: string; ingresses?: RuleLine[]; egresses?: RuleLine[]; version?: string }

const SOURCES = ["cidrBlock", "ipv6CidrBlock", "sourceSecurityId", "addressTemplateId", "addressTemplateGroup"] as const;
/** Of these only one says which traffic a line is about. */
const SERVICES = [["port", "protocol"], ["serviceTemplateId"], ["serviceTemplateGroup"]] as const;
/** ModifySecurityGroupPolicies. */
const PROTOCOLS = ["TCP", "UDP", "ICMP", "ICMPV6", "GRE", "ALL"];
/** Stands for the address that the request comes from (SecurityGroupPolicy.CidrBlock). */
const OWN_ADDRESS = "MY_PUBLIC_IP";
const DIRECTIONS = ["ingresses", "egresses"] as const;
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
    check: (inputs) => DIRECTIONS.flatMap((direction) => {
        const lines = inputs[direction] ?? [];
        const many = lines.length > QUOTA ? [failure(direction, "LimitExceeded", `at most ${QUOTA} lines`)] : [];
        return [...many, ...lines.flatMap((line, i) => checkLine(line, `${direction}[${i}]`)), ...duplicates(lines, direction)];
    }),
    admit(inputs, context) {
        lookUp(context, "securityGroup", inputs.securityGroupId, "ResourceNotFound", "securityGroupId");
        for (const direction of DIRECTIONS) {
            for (const [i, { sourceSecurityId, cidrBlock }] of (inputs[direction] ?? []).entries()) {
                if (cidrBlock === OWN_ADDRESS) throw refuse("UnsupportedOperation", `the pocket cloud does not know your public address: write it instead of ${OWN_ADDRESS}`, `${direction}[${i}].cidrBlock`);
                if (sourceSecurityId) lookUp(context, "securityGroup", sourceSecurityId, "ResourceNotFound", `${direction}[${i}].sourceSecurityId`);
            }
        }
    },
    diff: (_olds, news, found) => [...found, ...remapped(news).filter((path) => !found.some((d) => d.path === path)).map((path): Difference => ({ path, kind: "update", replace: false }))],
    compute: (_id, inputs, _context, before) => ({
        ...inputs,
        ...Object.fromEntries(DIRECTIONS.filter((direction) => inputs[direction]).map((direction) => [direction, inputs[direction]!.map(kept)])),
        version: String(Number(before?.version ?? 0) + 1),
    }),
});

/** "0.0.0.0/n is mapped to 0.0.0.0/0" (tencentcloud-sdk-go, vpc/v20170312, SecurityGroupPolicy.CidrBlock). */
function kept(line: RuleLine): RuleLine {
    return line.cidrBlock !== undefined && /^0\.0\.0\.0\/\d+$/.test(line.cidrBlock) ? { ...line, cidrBlock: "0.0.0.0/0" } : line;
}

/** Lines of which Tencent keeps something else: the provider reads that back, so each plan has the difference again. */
function remapped(news: Partial<RuleSet>): string[] {
    return DIRECTIONS.flatMap((direction) => (news[direction] ?? []).flatMap((line, i) => (kept(line).cidrBlock === line.cidrBlock ? [] : [`${direction}[${i}].cidrBlock`])));
}

function checkLine(line: RuleLine, at: string): Failure[] {
    const failures: Failure[] = [];
    // An empty text is none to the provider (unmarshalSecurityPolicy).
    const sources = SOURCES.filter((name) => line[name]);
    const protocol = line.protocol?.toUpperCase();
    const port = line.port?.toUpperCase();
    if (!["ACCEPT", "DROP"].includes(line.action?.toUpperCase() ?? "ACCEPT")) failures.push(failure(`${at}.action`, "InvalidParameterValue", `"${line.action}" must be ACCEPT or DROP`));
    if (sources.length !== 1) failures.push(failure(`${at}.${sources[1] ?? "cidrBlock"}`, "InvalidParameter.Coexist", `exactly one of ${SOURCES.join(", ")} must be given`));
    if (line.policyIndex !== undefined) failures.push(failure(`${at}.policyIndex`, "InvalidParameterValue", "the place in the list is computed and cannot be set"));
    if (line.ipv6CidrBlock && line.ipv6CidrBlock !== OWN_ADDRESS && !isNetwork6(line.ipv6CidrBlock)) {
        failures.push(failure(`${at}.ipv6CidrBlock`, "InvalidParameterValue.Malformed", `"${line.ipv6CidrBlock}" is no IPv6 address or network`));
    }
    if (line.cidrBlock && line.cidrBlock !== OWN_ADDRESS && !parseCidr(line.cidrBlock) && parseIp(line.cidrBlock) === undefined) {
        failures.push(failure(`${at}.cidrBlock`, "InvalidParameterValue.Malformed", `"${line.cidrBlock}" is no IPv4 address or network`));
    }
    if (protocol && !PROTOCOLS.includes(protocol)) failures.push(failure(`${at}.protocol`, "InvalidParameterValue", `"${line.protocol}" must be TCP, UDP, ICMP, ICMPv6, GRE or ALL`));
    if (protocol === "ALL" && port !== undefined && port !== "ALL") failures.push(failure(`${at}.port`, "InvalidParameter.Coexist", 'with protocol ALL the port must be "ALL"'));
    else if (port !== undefined && port !== "ALL" && (protocol?.startsWith("ICMP") || protocol === "GRE")) {
        failures.push(failure(`${at}.port`, "InvalidParameter.Coexist", "a port goes with TCP or UDP alone"));
    } else if (port && !ports(port)) {
        failures.push(failure(`${at}.port`, "InvalidParameterValue.Range", `"${line.port}" must be like 80, 80,443, 80-90 or ALL, within 1-65535`));
    }
    const [first, second] = SERVICES.filter((names) => names.some((name) => line[name])).map((names) => names.find((name) => line[name])!);
    if (second !== undefined) failures.push(failure(`${at}.${first === "serviceTemplateId" ? second : first}`, "InvalidParameter.Coexist", `${first} and ${second} exclude each other`));
    return failures;
}

function isNetwork6(text: string): boolean {
    const [address = "", mask = "128", ...more] = text.split("/");
    return isIPv6(address) && /^\d{1,3}$/.test(mask) && Number(mask) <= 128 && more.length === 0;
}

function duplicates(lines: RuleLine[], direction: string): Failure[] {
    const seen = new Map<string, number>();
    return lines.flatMap((line, i) => {
        const key = JSON.stringify([line.action?.toUpperCase(), ...SOURCES.map((s) => kept(line)[s]), line.protocol?.toUpperCase(), line.port?.toUpperCase()]);
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


import type { Failure } from "../kind";
import type { Rule } from "../rules";
import { failure } from "./refuse";

/** The numbers that have a name here (vpc_security_group.go, securityGroupProtocolIntegers). */
const NAMES: { [number: string]: string } = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6", all: "-1" };

/** "TCP" and "6" are "tcp" (vpc_security_group.go, protocolForValue). */
export function protocolName(value: unknown): unknown {
    const text = String(value).toLowerCase();
    return NAMES[text] ?? text;
}

/** A name that EC2 knows, a number of IANA's, or -1 for all. */
export const protocol: Rule = {
    normal: protocolName, pattern: /^(tcp|udp|icmp|icmpv6|-1|\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/, code: "InvalidPermission.Malformed",
    says: "is no protocol: tcp, udp, icmp, icmpv6, a number or -1",
};

export interface Ports { protocol: string | undefined; fromPort: number | undefined; toPort: number | undefined }

/**
 * For TCP and UDP a range of ports, for ICMP a type and a code, and -1 for all of them (EC2 API reference, "IpPermission").
 * `prefix` is the path before the names; `missing` tells what is not given at all.
 */
export function checkPorts({ protocol: given, fromPort, toPort }: Ports, prefix: string, missing: (name: string) => boolean): Failure[] {
    const name = given === undefined ? undefined : String(protocolName(given));
    const transport = name === "tcp" || name === "udp";
    const icmp = name === "icmp" || name === "icmpv6";
    const failures: Failure[] = [];
    for (const [property, port] of Object.entries({ fromPort, toPort })) {
        const fail = (message: string): number => failures.push(failure(prefix + property, "InvalidParameterValue", message));
        if (port === undefined) {
            if (transport && missing(property)) fail("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
            if (name === "icmp" && missing(property)) fail("Invalid value 'Must specify both type and code with ICMP.' for portRange.");
        } else if (!Number.isInteger(port) || port < -1 || port > 65535) fail(`expected "${prefix}${property}" to be in the range (-1 - 65535), got ${port}`);
        else if (icmp && port > 255) fail(`ICMP ${property === "fromPort" ? "type" : "code"} (${port}) out of range`);
        else if (transport && port < 0) fail(`Invalid value '${port}' for portRange: TCP and UDP have the ports 0 to 65535`);
    }
    if (failures.length > 0 || fromPort === undefined || toPort === undefined) return failures;
    if (transport && fromPort > toPort) return [failure(`${prefix}fromPort`, "InvalidParameterValue", `Invalid TCP/UDP port range (${fromPort}:${toPort})`)];
    if (icmp && fromPort === -1 && toPort !== -1) return [failure(`${prefix}toPort`, "InvalidParameterValue", `ICMP code (${toPort}) must be -1, for all types are meant`)];
    return [];
}

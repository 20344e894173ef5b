import type { Failure } from "../../kind";
import { isObject } from "../../values";
import { nanoseconds } from "../duration";
import { serviceNameFault } from "../names";
import type { ServiceInputs } from "./types";

type Rule = (value: unknown) => string | undefined;

/** Everything that the provider's schema refuses in a service before the engine is asked, in the provider's words. */
export function serviceFailures(inputs: Partial<ServiceInputs>): Failure[] {
    const found = rules.flatMap(([path, rule]) => leaves(inputs, path.split("."), "").flatMap(({ at, value }) => {
        const reason = rule(value);
        return reason === undefined ? [] : [{ property: at, reason }];
    }));
    return [...found, ...conflicts(inputs)];
}

const time: Rule = (value) => {
    const ns = nanoseconds(String(value));
    if (ns === undefined) return `'${value}' is not a valid duration`;
    return ns < 0 ? `'${value}' duration must not be negative` : undefined;
};

const atLeast = (least: number): Rule => (value) => (Number(value) < least ? `'${value}' cannot be lower than ${least}` : undefined);

const matching = (pattern: string): Rule => (value) => (new RegExp(pattern).test(String(value)) ? undefined : `'${value}' doesn't match the pattern '${pattern}'`);

const ratio: Rule = (value) => {
    const parsed = String(value).trim() === "" ? NaN : Number(value);
    if (Number.isNaN(parsed)) return `'${value}' is not a float`;
    return parsed < 0 || parsed > 1 ? `'${value}' has to be between 0.0 and 1.0` : undefined;
};

/** swarmkit refuses it as "invalid cpu value 0.0001: Must be at least 0.001". */
const cpus: Rule = (value) => (Number(value) !== 0 && Number(value) < 1e6 ? `invalid cpu value ${Number(value) / 1e9}: Must be at least 0.001` : undefined);

const container = "taskSpec.containerSpec";

/** Paths with `[]` for each element; sources: KW resource_docker_service.go, swarmkit controlapi. */
const rules: [path: string, rule: Rule][] = [
    ["name", (value) => serviceNameFault(String(value))],
    [`${container}.mounts[].type`, matching("^(bind|volume|tmpfs)$")],
    [`${container}.mounts[].bindOptions.propagation`, matching("^(private|rprivate|shared|rshared|slave|rslave)$")],
    [`${container}.isolation`, matching("^(default|process|hyperv)$")],
    [`${container}.stopGracePeriod`, time],
    ...["interval", "timeout", "startPeriod"].map((name): [string, Rule] => [`${container}.healthcheck.${name}`, time]),
    [`${container}.healthcheck.retries`, atLeast(0)],
    [`${container}.secrets[].fileMode`, atLeast(0)],
    [`${container}.configs[].fileMode`, atLeast(0)],
    ["taskSpec.resources.limits.nanoCpus", cpus],
    ["taskSpec.resources.reservation.nanoCpus", cpus],
    ["taskSpec.restartPolicy.condition", matching("^(none|on-failure|any)$")],
    ["taskSpec.restartPolicy.delay", time],
    ["taskSpec.restartPolicy.window", time],
    ["taskSpec.restartPolicy.maxAttempts", atLeast(0)],
    ["taskSpec.placement.maxReplicas", atLeast(0)],
    ["taskSpec.forceUpdate", atLeast(0)],
    ["taskSpec.runtime", matching("^(container|plugin)$")],
    ["mode.replicated.replicas", atLeast(0)],
    ...rolling("updateConfig", "^(pause|continue|rollback)$"),
    ...rolling("rollbackConfig", "^(pause|continue)$"),
    ["convergeConfig.delay", time],
    ["convergeConfig.timeout", time],
    ["endpointSpec.mode", matching("^(vip|dnsrr)$")],
    ["endpointSpec.ports[].protocol", matching("^(tcp|udp|sctp)$")],
    ["endpointSpec.ports[].publishMode", matching("^(host|ingress)$")],
];

function rolling(block: string, actions: string): [string, Rule][] {
    return [
        [`${block}.parallelism`, atLeast(0)], [`${block}.delay`, time], [`${block}.monitor`, time], [`${block}.failureAction`, matching(actions)],
        [`${block}.maxFailureRatio`, ratio], [`${block}.order`, matching("^(stop-first|start-first)$")],
    ];
}

function conflicts({ mode, convergeConfig, endpointSpec }: Partial<ServiceInputs>): Failure[] {
    const failures: Failure[] = [];
    if (mode?.global && mode.replicated) failures.push({ property: "mode.global", reason: `"mode.global": conflicts with mode.replicated` });
    if (mode?.global && convergeConfig) failures.push({ property: "mode.global", reason: `"mode.global": conflicts with convergeConfig` });
    // swarmkit controlapi/service.go, validateEndpointSpec.
    if (endpointSpec?.mode === "dnsrr" && endpointSpec.ports?.some((port) => (port.publishMode ?? "ingress") === "ingress")) {
        failures.push({ property: "endpointSpec.ports", reason: "EndpointSpec: port published with ingress mode can't be used with dnsrr mode" });
    }
    return failures;
}

function leaves(value: unknown, [step, ...rest]: string[], at: string): { at: string; value: unknown }[] {
    if (step === undefined) return value === undefined || value === null ? [] : [{ at, value }];
    if (!isObject(value)) return [];
    const name = step.replace("[]", "");
    const path = at ? `${at}.${name}` : name;
    const inner = value[name];
    if (!step.endsWith("[]")) return leaves(inner, rest, path);
    return Array.isArray(inner) ? inner.flatMap((element, i) => leaves(element, rest, `${path}[${i}]`)) : [];
}

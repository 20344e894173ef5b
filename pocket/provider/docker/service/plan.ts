import type { Rule, Rules } from "../../rules";

/** Lists whose order means nothing, and what is planned for arguments that are left out (KW resource_docker_service.go). */
const SET: Rule = { set: true };
const container = "taskSpec.containerSpec";

export const serviceRules: Rules = {
    ...Object.fromEntries([
        "labels", `${container}.labels`, `${container}.mounts`, `${container}.mounts[*].volumeOptions.labels`, `${container}.hosts`, `${container}.secrets`, `${container}.configs`,
        "taskSpec.placement.constraints", "taskSpec.placement.prefs", "taskSpec.placement.platforms",
        "taskSpec.networksAdvanceds", "taskSpec.networksAdvanceds[*].aliases", "taskSpec.networksAdvanceds[*].driverOpts",
        "taskSpec.resources.reservation.genericResources.namedResourcesSpecs", "taskSpec.resources.reservation.genericResources.discreteResourcesSpecs",
    ].map((path) => [path, SET])),
    ...defaults(container, { isolation: "default" }),
    ...defaults(`${container}.mounts[*].bindOptions`, { propagation: "rprivate" }),
    ...defaults(`${container}.healthcheck`, { interval: "0s", timeout: "0s", startPeriod: "0s", retries: 0 }),
    ...defaults(`${container}.secrets[*]`, { fileUid: "0", fileGid: "0", fileMode: 0o444 }),
    ...defaults(`${container}.configs[*]`, { fileUid: "0", fileGid: "0", fileMode: 0o444 }),
    ...defaults("mode.replicated", { replicas: 1 }),
    ...rolling("updateConfig"),
    ...rolling("rollbackConfig"),
    ...defaults("endpointSpec.ports[*]", { protocol: "tcp", publishMode: "ingress" }),
    ...defaults("convergeConfig", { delay: "7s", timeout: "3m" }),
};

function defaults(block: string, values: Record<string, unknown>): Rules {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${block}.${name}`, { default: value }]));
}

function rolling(block: string): Rules {
    return {
        ...defaults(block, { parallelism: 1, delay: "0s", failureAction: "pause", monitor: "5s", order: "stop-first" }),
        // "0" and "0.0" are one ratio (suppressEquivalentFloatRatio).
        [`${block}.maxFailureRatio`]: { default: "0.0", normal: Number },
    };
}

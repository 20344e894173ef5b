import { describe, expect, it } from "vitest";
import { serviceFailures } from "./rules";
import type { ServiceInputs } from "./types";

const of = (inputs: object): [string, string][] => serviceFailures(inputs as Partial<ServiceInputs>).map(({ property, reason }) => [property, reason]);
const container = (inputs: object): object => ({ taskSpec: { containerSpec: inputs } });

describe("a service is refused", () => {
    it.each([
        ["a name with a dot", { name: "app-1.0.0" }, "name", "name must be valid as a DNS name component"],
        ["a long name", { name: "a".repeat(64) }, "name", "name must be 63 characters or fewer"],
        ["a kind of mount", container({ mounts: [{ type: "tmpfs" }, { type: "nfs" }] }), "taskSpec.containerSpec.mounts[1].type", "'nfs' doesn't match the pattern '^(bind|volume|tmpfs)$'"],
        ["a duration", container({ healthcheck: { interval: "10" } }), "taskSpec.containerSpec.healthcheck.interval", "'10' is not a valid duration"],
        ["a negative duration", { convergeConfig: { timeout: "-1s" } }, "convergeConfig.timeout", "'-1s' duration must not be negative"],
        ["negative replicas", { mode: { replicated: { replicas: -1 } } }, "mode.replicated.replicas", "'-1' cannot be lower than 0"],
        ["too little CPU", { taskSpec: { resources: { limits: { nanoCpus: 100 } } } }, "taskSpec.resources.limits.nanoCpus", "invalid cpu value 1e-7: Must be at least 0.001"],
        ["a ratio", { updateConfig: { maxFailureRatio: "1.5" } }, "updateConfig.maxFailureRatio", "'1.5' has to be between 0.0 and 1.0"],
        ["no ratio", { updateConfig: { maxFailureRatio: "half" } }, "updateConfig.maxFailureRatio", "'half' is not a float"],
        ["a rollback of a rollback", { rollbackConfig: { failureAction: "rollback" } }, "rollbackConfig.failureAction", "'rollback' doesn't match the pattern '^(pause|continue)$'"],
        ["an order", { updateConfig: { order: "first" } }, "updateConfig.order", "'first' doesn't match the pattern '^(stop-first|start-first)$'"],
        ["a restart condition", { taskSpec: { restartPolicy: { condition: "always" } } }, "taskSpec.restartPolicy.condition", "'always' doesn't match the pattern '^(none|on-failure|any)$'"],
        ["two modes", { mode: { global: true, replicated: {} } }, "mode.global", `"mode.global": conflicts with mode.replicated`],
        ["waiting for a global service", { mode: { global: true }, convergeConfig: {} }, "mode.global", `"mode.global": conflicts with convergeConfig`],
        ["an ingress port without a virtual address", { endpointSpec: { mode: "dnsrr", ports: [{ targetPort: 80 }] } }, "endpointSpec.ports",
            "EndpointSpec: port published with ingress mode can't be used with dnsrr mode"],
    ])("for %s", (_what, inputs, property, reason) => {
        expect(of(inputs)).toEqual([[property, reason]]);
    });

    it("for nothing, when it is good or not known yet", () => {
        expect(of({ name: "app-1-0-0", mode: { replicated: { replicas: 0 } }, endpointSpec: { mode: "dnsrr", ports: [{ targetPort: 80, publishMode: "host" }] } })).toEqual([]);
        expect(of({})).toEqual([]);
        expect(of({ taskSpec: { containerSpec: { secrets: undefined } } })).toEqual([]);
    });
});

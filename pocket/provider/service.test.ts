import { describe, expect, it } from "vitest";
import { createDocker } from "./docker";
import type { BaseContext, Lifecycle } from "./lifecycle";
import { Service } from "./service";
import { TestCloud } from "./testing/cloud";
import { secret, type Values } from "./values";

const docker = createDocker();
const service = new Service(docker, {} as Lifecycle);
const context = { ...new TestCloud(docker.kinds, "global").context(), urn: "urn:pulumi:us::antipode::x::name" } as BaseContext;
const check = (type: string, inputs: Values) => service.check(`docker:index/${type}`, inputs, {}, new Uint8Array(), context);

describe("a check of Pulumi's bridge", () => {
    it("makes a secret of what the provider calls sensitive", () => {
        expect(check("secret:Secret", { name: "key", data: "eA==" }).inputs).toEqual({ name: "key", data: secret("eA==") });
    });

    it("fills in the defaults and names them", () => {
        expect(check("network:Network", { name: "net" }).inputs).toEqual({ name: "net", ipamDriver: "default", __defaults: ["ipamDriver"] });
        expect(check("service:Service", { name: "app", taskSpec: { containerSpec: { image: "idle:1" } }, mode: { replicated: {} } }).inputs).toEqual({
            name: "app", taskSpec: { containerSpec: { image: "idle:1", isolation: "default", __defaults: ["isolation"] } }, mode: { replicated: { replicas: 1, __defaults: ["replicas"] } },
        });
    });

    it("refuses a config without content", () => {
        expect(check("serviceConfig:ServiceConfig", { name: "conf" }).failures).toEqual([{ property: "data", reason: 'one of "data", "dataRaw" must be given' }]);
    });
});

import { describe, expect, it } from "vitest";
import { TestCloud } from "../testing/cloud";
import type { Values } from "../values";
import { createDocker } from "./index";

const cloud = new TestCloud(createDocker().kinds, "global");
const container = (more: object): Values => ({ name: "app", taskSpec: { containerSpec: { image: "idle:1", ...more } } });
const [one, two] = [{ label: "a", value: "1" }, { label: "b", value: "2" }];

describe("Docker's provider plans no change", () => {
    it.each<[string, Values, Values]>([
        ["Network", { name: "net" }, { name: "net", ipamDriver: "default" }],
        ["Network", { name: "net", labels: [one, two], ipamConfigs: [{ subnet: "10.1.0.0/24" }, { subnet: "10.2.0.0/24" }] }, { name: "net", labels: [two, one], ipamConfigs: [{ subnet: "10.2.0.0/24" }, { subnet: "10.1.0.0/24" }] }],
        ["Volume", { name: "data", labels: [one, two] }, { name: "data", labels: [two, one] }],
        ["Secret", { name: "key", data: "eA==", labels: [one, two] }, { name: "key", data: "eA==", labels: [two, one] }],
        ["RemoteImage", { name: "nginx", pullTriggers: ["a", "b"] }, { name: "nginx", pullTriggers: ["b", "a"], platform: "", keepLocally: false }],
        ["Service", container({}), container({ isolation: "default" })],
        ["Service", container({ labels: [one, two] }), container({ labels: [two, one] })],
        ["Service", container({ mounts: [{ type: "tmpfs", target: "/a" }, { type: "tmpfs", target: "/b" }] }), container({ mounts: [{ type: "tmpfs", target: "/b" }, { type: "tmpfs", target: "/a", readOnly: false }] })],
        ["Service", container({ secrets: [{ secretId: "s", fileName: "S" }, { secretId: "t", fileName: "T" }] }), container({ secrets: [{ secretId: "t", fileName: "T", fileMode: 0o444 }, { secretId: "s", fileName: "S", fileUid: "0" }] })],
        ["Service", container({ hosts: [{ host: "a", ip: "10.0.0.1" }, { host: "b", ip: "10.0.0.2" }] }), container({ hosts: [{ host: "b", ip: "10.0.0.2" }, { host: "a", ip: "10.0.0.1" }] })],
        ["Service", { ...container({}), updateConfig: {} }, { ...container({}), updateConfig: { parallelism: 1, delay: "0s", failureAction: "pause", monitor: "5s", maxFailureRatio: "0", order: "stop-first" } }],
        ["Service", { ...container({}), endpointSpec: { ports: [{ targetPort: 80 }] } }, { ...container({}), endpointSpec: { ports: [{ targetPort: 80, protocol: "tcp", publishMode: "ingress" }] } }],
        ["Service", { ...container({}), mode: { replicated: {} } }, { ...container({}), mode: { replicated: { replicas: 1 } } }],
    ])("in a %s: %j", (type, olds, news) => {
        expect(cloud.changes(type, olds, news)).toEqual([]);
        expect(cloud.changes(type, news, olds)).toEqual([]);
    });
});

describe("Docker's provider plans", () => {
    it.each<[string, string, Values, Values, string[]]>([
        ["another mode in place, which Swarm refuses", "Service", { ...container({}), mode: { replicated: { replicas: 2 } } }, { ...container({}), mode: { global: true } }, ["add mode.global"]],
        ["the order of a list that has one", "Service", container({ args: ["a", "b"] }), container({ args: ["b", "a"] }), ["update taskSpec.containerSpec.args[0]", "update taskSpec.containerSpec.args[1]"]],
        ["other hosts by a new service", "Service", container({ hosts: [{ host: "a", ip: "10.0.0.1" }] }), container({ hosts: [{ host: "a", ip: "10.0.0.2" }] }), ["replace taskSpec.containerSpec.hosts[0].ip"]],
        ["another label in place", "Service", container({ labels: [one] }), container({ labels: [one, two] }), ["add taskSpec.containerSpec.labels[1]"]],
        ["a new network for another driver of addresses", "Network", { name: "net" }, { name: "net", ipamDriver: "null" }, ["replace ipamDriver"]],
    ])("%s", (_, type, olds, news, changes) => expect(cloud.changes(type, olds, news)).toEqual(changes));
});

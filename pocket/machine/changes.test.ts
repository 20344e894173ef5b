import { describe, expect, it } from "vitest";
import type { Machine } from "../model";
import { steps, type Found } from "./changes";
import { container } from "./container";

const machine: Machine = {
    id: "ins-1a2b3c4d", place: "cn", subnetId: "subnet-77", privateIp: "10.12.0.5", hostname: "cn", system: "img-487zeit5", userData: "#!/bin/sh\n",
    publicKeys: ["ssh-rsa AAAA operator"], cpus: 2, memoryMiB: 4096, power: "on",
};
const sources = { image: "antipode/machine:0123", network: "subnet-77", volume: "machine-ins-1a2b3c4d", seed: "/seed", ca: "/ca.pem" };

/** What the engine says of the container that `machine` was made as. */
const found = (() => {
    const made = container(machine, sources, []);
    return { Config: { Labels: made.Labels }, HostConfig: made.HostConfig, NetworkSettings: { Networks: made.NetworkingConfig!.EndpointsConfig } };
})() as unknown as Found;

describe("a machine that is there", () => {
    it.each<[string, Partial<Machine>, string[]]>([
        ["the same", {}, []],
        ["another type", { cpus: 4, memoryMiB: 8192 }, ["resize"]],
        ["another address", { privateIp: "10.12.0.6" }, ["keep", "install"]],
        ["another subnet", { subnetId: "subnet-78", privateIp: "10.12.1.5", cpus: 4 }, ["keep", "install"]],
        ["another image", { system: "img-22trbn9x", privateIp: "10.12.0.6" }, ["wipe", "install"]],
        ["other user-data", { userData: "#cloud-config\n" }, []],
        ["other keys", { publicKeys: [] }, []],
        ["another name", { hostname: "other" }, []],
        ["stopped", { power: "off" }, []],
    ])("%s", (_what, change, expected) => {
        expect(steps(found, { ...machine, ...change })).toEqual(expected);
    });
});

it("a machine that is not there is installed", () => {
    expect(steps(undefined, machine)).toEqual(["install"]);
});

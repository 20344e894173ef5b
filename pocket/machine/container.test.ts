import { describe, expect, it } from "vitest";
import type { Machine } from "../model";
import { bridge, container, seed } from "./container";

const machine: Machine = {
    id: "ins-1a2b3c4d", place: "cn", subnetId: "subnet-77", privateIp: "10.12.0.5", hostname: "cn-machine", system: "img-1", userData: "#cloud-config\nhostname: x\n",
    publicKeys: ["ssh-ed25519 AAAA operator"], cpus: 2, memoryMiB: 4096, power: "on",
};
const sources = { image: "antipode/machine:0123", network: "subnet-77", volume: "machine-ins-1a2b3c4d", seed: "/state/machines/ins-1a2b3c4d", ca: "/state/ca/root.pem" };

describe("a machine", () => {
    it("is a container that boots systemd, with its size, its address and its place's resolver", () => {
        expect(container(machine, sources, ["SYS_RESOURCE"])).toEqual({
            name: "machine-ins-1a2b3c4d",
            Hostname: "cn-machine",
            Image: "antipode/machine:0123",
            Labels: { "antipode.machine": "ins-1a2b3c4d", "antipode.system": "img-1" },
            Env: ["POCKET_RESOLVER=198.18.2.53", "POCKET_CA=/run/pocket-ca.crt"],
            StopSignal: "SIGRTMIN+3",
            HostConfig: {
                CgroupnsMode: "private",
                CapAdd: ["ALL"],
                CapDrop: ["SYS_RESOURCE"],
                SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined"],
                MaskedPaths: [],
                ReadonlyPaths: [],
                Tmpfs: { "/run": "", "/tmp": "", "/run/lock": "" },
                Binds: [
                    "machine-ins-1a2b3c4d:/var/lib/docker",
                    "/state/machines/ins-1a2b3c4d:/var/lib/cloud/seed/nocloud:ro",
                    "/state/ca/root.pem:/run/pocket-ca.crt:ro",
                ],
                NanoCpus: 2_000_000_000,
                Memory: 4_294_967_296,
                NetworkMode: "subnet-77",
            },
            NetworkingConfig: { EndpointsConfig: { "subnet-77": { IPAMConfig: { IPv4Address: "10.12.0.5" } } } },
        });
    });

    it("is told by its seed what the cloud's metadata service would tell it", () => {
        const { "meta-data": metadata, ...rest } = seed(machine);
        expect(JSON.parse(metadata!)).toEqual({ "instance-id": "ins-1a2b3c4d", "local-hostname": "cn-machine", "public-keys": ["ssh-ed25519 AAAA operator"] });
        expect(rest).toEqual({ "user-data": "#cloud-config\nhostname: x\n", "vendor-data": "" });
    });
});

it("a subnet's bridge has a name that the kernel takes, its own and always the same", () => {
    const names = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"].map(bridge);
    expect(names).toEqual(["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"].map(bridge));
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^ap-s[0-9a-f]{8}$/);
});

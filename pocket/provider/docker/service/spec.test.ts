import { describe, expect, it } from "vitest";
import { fromSpec, toSpec } from "./spec";
import type { ServiceInputs, ServiceSpec } from "./types";

type Task = ServiceInputs["taskSpec"];
type Container = Task["containerSpec"];

/** Both ways: the arguments make that part of the spec, and that part of a spec is told as these arguments. */
const container: [name: string, inputs: Partial<Container>, api: object][] = [
    ["command, arguments and directory", { commands: ["/bin/app"], args: ["-v"], dir: "/srv" }, { Command: ["/bin/app"], Args: ["-v"], Dir: "/srv" }],
    ["environment", { env: { B: "2", A: "1=x" } }, { Env: ["A=1=x", "B=2"] }],
    ["user, groups and host name", { user: "1000:1000", groups: ["audio"], hostname: "app" }, { User: "1000:1000", Groups: ["audio"], Hostname: "app" }],
    ["flags", { init: true, readOnly: true }, { Init: true, ReadOnly: true }],
    ["stopping", { stopSignal: "SIGQUIT", stopGracePeriod: "1m30s" }, { StopSignal: "SIGQUIT", StopGracePeriod: 90e9 }],
    ["capabilities", { capAdds: ["NET_ADMIN"], capDrops: ["ALL"] }, { CapabilityAdd: ["NET_ADMIN"], CapabilityDrop: ["ALL"] }],
    ["labels", { labels: [{ label: "a", value: "1" }, { label: "b", value: "2" }] }, { Labels: { a: "1", b: "2" } }],
    ["hosts", { hosts: [{ host: "db", ip: "10.0.0.1" }] }, { Hosts: ["10.0.0.1 db"] }],
    ["kernel settings", { sysctl: { "net.core.somaxconn": "1024" } }, { Sysctls: { "net.core.somaxconn": "1024" } }],
    ["name servers", { dnsConfig: { nameservers: ["1.1.1.1"], searches: ["x"], options: ["ndots:1"] } },
        { DNSConfig: { Nameservers: ["1.1.1.1"], Search: ["x"], Options: ["ndots:1"] } }],
    ["health", { healthcheck: { tests: ["CMD", "true"], interval: "2s", timeout: "500ms", startPeriod: "1m", retries: 3 } },
        { Healthcheck: { Test: ["CMD", "true"], Interval: 2e9, Timeout: 5e8, StartPeriod: 60e9, Retries: 3 } }],
    ["a bind mount", { mounts: [{ type: "bind", target: "/ca", source: "/etc/ca", readOnly: true, bindOptions: { propagation: "rslave" } }] },
        { Mounts: [{ Type: "bind", Target: "/ca", Source: "/etc/ca", ReadOnly: true, BindOptions: { Propagation: "rslave" } }] }],
    ["a volume", { mounts: [{ type: "volume", target: "/d", source: "d", volumeOptions: { noCopy: true, labels: [{ label: "a", value: "b" }], driverName: "local", driverOptions: { o: "x" } } }] },
        { Mounts: [{ Type: "volume", Target: "/d", Source: "d", VolumeOptions: { NoCopy: true, Labels: { a: "b" }, DriverConfig: { Name: "local", Options: { o: "x" } } } }] }],
    ["a tmpfs", { mounts: [{ type: "tmpfs", target: "/t", tmpfsOptions: { sizeBytes: 1024, mode: 0o700 } }] },
        { Mounts: [{ Type: "tmpfs", Target: "/t", TmpfsOptions: { SizeBytes: 1024, Mode: 0o700 } }] }],
    ["a secret with its own mode", { secrets: [{ secretId: "i", secretName: "n", fileName: "F", fileUid: "7", fileGid: "8", fileMode: 0o400 }] },
        { Secrets: [{ SecretID: "i", SecretName: "n", File: { Name: "F", UID: "7", GID: "8", Mode: 0o400 } }] }],
    ["a config with the usual mode", { configs: [{ configId: "i", configName: "n", fileName: "/f" }] },
        { Configs: [{ ConfigID: "i", ConfigName: "n", File: { Name: "/f", UID: "0", GID: "0", Mode: 0o444 } }] }],
    ["privileges", { privileges: { seLinuxContext: { disable: true, level: "s0" }, credentialSpec: { file: "c" } } },
        { Privileges: { SELinuxContext: { Disable: true, Level: "s0" }, CredentialSpec: { File: "c" } } }],
];

const task: [name: string, inputs: Partial<Task>, api: object][] = [
    ["limits and reservations", { resources: { limits: { nanoCpus: 5e8, memoryBytes: 1 << 30 }, reservation: { memoryBytes: 1 << 20,
        genericResources: { namedResourcesSpecs: ["GPU=a"], discreteResourcesSpecs: ["SSD=3"] } } } },
        { Resources: { Limits: { NanoCPUs: 5e8, MemoryBytes: 1 << 30 }, Reservations: { MemoryBytes: 1 << 20,
            GenericResources: [{ NamedResourceSpec: { Kind: "GPU", Value: "a" } }, { DiscreteResourceSpec: { Kind: "SSD", Value: 3 } }] } } }],
    ["restarts", { restartPolicy: { condition: "on-failure", delay: "1s", maxAttempts: 3, window: "1m" } },
        { RestartPolicy: { Condition: "on-failure", Delay: 1e9, MaxAttempts: 3, Window: 60e9 } }],
    ["placement", { placement: { constraints: ["node.role==manager"], prefs: ["node.labels.zone"], maxReplicas: 2, platforms: [{ architecture: "amd64", os: "linux" }] } },
        { Placement: { Constraints: ["node.role==manager"], Preferences: [{ Spread: { SpreadDescriptor: "node.labels.zone" } }], MaxReplicas: 2,
            Platforms: [{ Architecture: "amd64", OS: "linux" }] } }],
    ["networks", { networksAdvanceds: [{ id: "n1", aliases: ["app"], driverOpts: ["a=b"] }] }, { Networks: [{ Target: "n1", Aliases: ["app"], DriverOpts: { a: "b" } }] }],
    ["logs", { logDriver: { name: "json-file", options: { "max-size": "1m" } } }, { LogDriver: { Name: "json-file", Options: { "max-size": "1m" } } }],
    ["the counter that forces an update", { forceUpdate: 2 }, { ForceUpdate: 2 }],
];

const block = { Parallelism: 1, Delay: 0, FailureAction: "pause", Monitor: 5e9, MaxFailureRatio: 0, Order: "stop-first" };
const service: [name: string, inputs: Partial<ServiceInputs>, api: object][] = [
    ["labels", { labels: [{ label: "antipode.role", value: "app" }] }, { Labels: { "antipode.role": "app" } }],
    ["replicas", { mode: { replicated: { replicas: 3 } } }, { Mode: { Replicated: { Replicas: 3 } } }],
    ["no replica", { mode: { replicated: { replicas: 0 } } }, { Mode: { Replicated: { Replicas: 0 } } }],
    ["one on each node", { mode: { global: true } }, { Mode: { Global: {} } }],
    ["how to update", { updateConfig: { order: "start-first", maxFailureRatio: "0.5", delay: "2s" } },
        { UpdateConfig: { ...block, Order: "start-first", MaxFailureRatio: 0.5, Delay: 2e9 } }],
    ["how to roll back", { rollbackConfig: { parallelism: 2, monitor: "1s" } }, { RollbackConfig: { ...block, Parallelism: 2, Monitor: 1e9 } }],
    ["ports", { endpointSpec: { mode: "dnsrr", ports: [{ targetPort: 53, protocol: "udp", name: "dns" }, { targetPort: 443, publishedPort: 443, publishMode: "host" }] } },
        { EndpointSpec: { Mode: "dnsrr", Ports: [
            { Name: "dns", Protocol: "udp", TargetPort: 53, PublishMode: "ingress" }, { Protocol: "tcp", TargetPort: 443, PublishedPort: 443, PublishMode: "host" },
        ] } }],
];

const bare = { taskSpec: { containerSpec: { image: "r/app@sha256:0" } } };
const bareSpec = { TaskTemplate: { ContainerSpec: { Image: "r/app@sha256:0" } }, Mode: { Replicated: { Replicas: 1 } } };
const told = { ...bare, mode: { replicated: { replicas: 1 } } };

describe("a service's spec", () => {
    it("has one replica unless told otherwise", () => {
        expect(toSpec(bare)).toEqual(bareSpec);
        expect(fromSpec(bareSpec)).toEqual(told);
    });

    it.each(container)("holds a container's %s", (_name, inputs, api) => {
        const given = { taskSpec: { containerSpec: { ...bare.taskSpec.containerSpec, ...inputs } } } as ServiceInputs;
        const spec = { ...bareSpec, TaskTemplate: { ContainerSpec: { ...bareSpec.TaskTemplate.ContainerSpec, ...api } } };
        expect(toSpec(given)).toEqual(spec);
        expect(fromSpec(spec)).toEqual({ ...told, ...given });
    });

    it.each(task)("holds a task's %s", (_name, inputs, api) => {
        const given = { taskSpec: { ...bare.taskSpec, ...inputs } } as ServiceInputs;
        const spec = { ...bareSpec, TaskTemplate: { ...bareSpec.TaskTemplate, ...api } };
        expect(toSpec(given)).toEqual(spec);
        expect(fromSpec(spec)).toEqual({ ...told, ...given });
    });

    it.each(service)("holds a service's %s", (_name, inputs, api) => {
        const given = { ...bare, ...inputs } as ServiceInputs;
        const spec = { ...bareSpec, ...api };
        expect(toSpec(given)).toEqual(spec);
        expect(fromSpec(spec)).toEqual({ ...told, ...given });
    });

    it("is told alike whatever the order of what has none", () => {
        const mounts = [{ Type: "tmpfs", Target: "/a" }, { Type: "tmpfs", Target: "/b" }];
        const spec = (order: object[]): ServiceSpec => ({ TaskTemplate: { ContainerSpec: { Image: "i", Mounts: order } } });
        expect(fromSpec(spec(mounts))).toEqual(fromSpec(spec([...mounts].reverse())));
    });

    it("of a network by name asks for it by name", () => {
        const spec = toSpec({ taskSpec: { ...bare.taskSpec, networksAdvanceds: [{ name: "antipode" }] } } as ServiceInputs);
        expect(spec.TaskTemplate).toMatchObject({ Networks: [{ Target: "antipode" }] });
    });

    it("is the same when `docker service update` has filled everything in", () => {
        const rolling = { Parallelism: 1, FailureAction: "pause", Monitor: 5e9, MaxFailureRatio: 0, Order: "stop-first", Delay: 0 };
        expect(fromSpec({
            Name: "s1", Labels: {}, ...bareSpec,
            TaskTemplate: {
                ContainerSpec: { Image: "r/app@sha256:0", Init: false, StopGracePeriod: 10e9, DNSConfig: {}, Isolation: "default" },
                Resources: { Limits: {}, Reservations: {} }, RestartPolicy: { Condition: "any", Delay: 5e9, MaxAttempts: 0 }, Placement: {},
                ForceUpdate: 0, Runtime: "container",
            },
            UpdateConfig: rolling, RollbackConfig: rolling, EndpointSpec: { Mode: "vip" },
        })).toEqual({ name: "s1", ...told });
    });
});

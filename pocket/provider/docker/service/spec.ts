import { isObject } from "../../values";
import type { ServiceInputs, ServiceSpec, ServiceState } from "./types";
import { assignments, defaulted, labels, list, object, options, set, time, value, type Codec } from "./codec";

/**
 * The Engine API's ServiceSpec for the arguments of a `docker.Service`.
 * Names and defaults: kreuzwerker/terraform-provider-docker, resource_docker_service.go and _structures.go.
 */
export function toSpec(inputs: ServiceInputs): ServiceSpec {
    return service.encode(inputs) as ServiceSpec;
}

/** What a ServiceSpec says, in the SDK's words and without what the engine filled in. */
export function fromSpec(spec: ServiceSpec): ServiceState {
    return service.decode(spec) as ServiceState;
}

const file = {
    fileName: ["File.Name", value()],
    fileUid: ["File.UID", defaulted(value(), "0")],
    fileGid: ["File.GID", defaulted(value(), "0")],
    fileMode: ["File.Mode", defaulted(value(), 0o444)],
} satisfies Record<string, [string, Codec]>;

const mount = object({
    type: ["Type", value()],
    target: ["Target", value()],
    source: ["Source", value()],
    readOnly: ["ReadOnly", value(false)],
    bindOptions: ["BindOptions", object({ propagation: ["Propagation", value("rprivate")] })],
    volumeOptions: ["VolumeOptions", object({
        noCopy: ["NoCopy", value(false)],
        labels: ["Labels", labels],
        driverName: ["DriverConfig.Name", value()],
        driverOptions: ["DriverConfig.Options", value({})],
    })],
    tmpfsOptions: ["TmpfsOptions", object({ sizeBytes: ["SizeBytes", value(0)], mode: ["Mode", value(0)] })],
});

const host: Codec = {
    encode: (input) => (isObject(input) ? `${input.ip} ${input.host}` : undefined),
    decode: (api) => {
        const [ip, name] = String(api).split(" ");
        return { host: name, ip };
    },
};

const spread: Codec = { encode: (input) => ({ Spread: { SpreadDescriptor: input } }), decode: (api) => (api as { Spread?: { SpreadDescriptor?: string } }).Spread?.SpreadDescriptor };

const container = object({
    image: ["Image", value()],
    labels: ["Labels", labels],
    commands: ["Command", list(value())],
    args: ["Args", list(value())],
    hostname: ["Hostname", value()],
    env: ["Env", assignments],
    dir: ["Dir", value()],
    user: ["User", value()],
    groups: ["Groups", list(value())],
    init: ["Init", value(false)],
    readOnly: ["ReadOnly", value(false)],
    stopSignal: ["StopSignal", value()],
    stopGracePeriod: ["StopGracePeriod", time("10s")],
    capAdds: ["CapabilityAdd", set(value())],
    capDrops: ["CapabilityDrop", set(value())],
    isolation: ["Isolation", value("default")],
    sysctl: ["Sysctls", value({})],
    hosts: ["Hosts", set(host)],
    mounts: ["Mounts", set(mount)],
    healthcheck: ["Healthcheck", object({
        tests: ["Test", list(value())],
        interval: ["Interval", time("0s")],
        timeout: ["Timeout", time("0s")],
        startPeriod: ["StartPeriod", time("0s")],
        retries: ["Retries", value(0)],
    })],
    dnsConfig: ["DNSConfig", object({
        nameservers: ["Nameservers", list(value())],
        searches: ["Search", list(value())],
        options: ["Options", list(value())],
    })],
    privileges: ["Privileges", object({
        credentialSpec: ["CredentialSpec", object({ file: ["File", value()], registry: ["Registry", value()] })],
        seLinuxContext: ["SELinuxContext", object({
            disable: ["Disable", value(false)],
            level: ["Level", value()],
            role: ["Role", value()],
            type: ["Type", value()],
            user: ["User", value()],
        })],
    })],
    secrets: ["Secrets", set(object({ secretId: ["SecretID", value()], secretName: ["SecretName", value()], ...file }))],
    configs: ["Configs", set(object({ configId: ["ConfigID", value()], configName: ["ConfigName", value()], ...file }))],
});

const generic: Codec = {
    encode: (input) => {
        if (!isObject(input)) return undefined;
        const parts = (name: string) => ((input[name] ?? []) as string[]).map((text) => text.split("=") as [string, string]);
        return [
            ...parts("namedResourcesSpecs").map(([Kind, Value]) => ({ NamedResourceSpec: { Kind, Value } })),
            ...parts("discreteResourcesSpecs").map(([Kind, Value]) => ({ DiscreteResourceSpec: { Kind, Value: Number(Value) } })),
        ];
    },
    decode: (api) => {
        if (!Array.isArray(api) || api.length === 0) return undefined;
        const of = (kind: string) => api.flatMap((r) => (r[kind] ? [`${r[kind].Kind}=${r[kind].Value}`] : [])).sort();
        const found = { namedResourcesSpecs: of("NamedResourceSpec"), discreteResourcesSpecs: of("DiscreteResourceSpec") };
        return Object.fromEntries(Object.entries(found).filter(([, specs]) => specs.length > 0));
    },
};

const network = object({ id: ["Target", value()], aliases: ["Aliases", set(value())], driverOpts: ["DriverOpts", options] });

/** The API knows a network by its id or name in one field, and answers with what it was given. */
const attachment: Codec = { encode: (input) => (isObject(input) ? network.encode({ ...input, id: input.id ?? input.name }) : undefined), decode: network.decode };

const task = object({
    containerSpec: ["ContainerSpec", container],
    resources: ["Resources", object({
        limits: ["Limits", object({ nanoCpus: ["NanoCPUs", value(0)], memoryBytes: ["MemoryBytes", value(0)] })],
        reservation: ["Reservations", object({
            nanoCpus: ["NanoCPUs", value(0)],
            memoryBytes: ["MemoryBytes", value(0)],
            genericResources: ["GenericResources", generic],
        })],
    })],
    restartPolicy: ["RestartPolicy", object({
        condition: ["Condition", value("any")],
        delay: ["Delay", time("5s")],
        maxAttempts: ["MaxAttempts", value(0)],
        window: ["Window", time("0s")],
    })],
    placement: ["Placement", object({
        constraints: ["Constraints", set(value())],
        prefs: ["Preferences", set(spread)],
        maxReplicas: ["MaxReplicas", value(0)],
        platforms: ["Platforms", set(object({ architecture: ["Architecture", value()], os: ["OS", value()] }))],
    })],
    networksAdvanceds: ["Networks", set(attachment)],
    logDriver: ["LogDriver", object({ name: ["Name", value()], options: ["Options", value({})] })],
    forceUpdate: ["ForceUpdate", value(0)],
    runtime: ["Runtime", value("container")],
});

const ratio: Codec = { encode: (input) => Number(input), decode: (api) => (api === undefined ? undefined : String(api)) };

/** Update or rollback: a block that is given is sent whole, with the provider's own defaults. */
const rolling = object({
    parallelism: ["Parallelism", defaulted(value(), 1)],
    delay: ["Delay", defaulted(time(), "0s")],
    failureAction: ["FailureAction", defaulted(value(), "pause")],
    monitor: ["Monitor", defaulted(time(), "5s")],
    maxFailureRatio: ["MaxFailureRatio", defaulted(ratio, "0.0")],
    order: ["Order", defaulted(value(), "stop-first")],
});

const mode: Codec = {
    encode: (input) => {
        const { global, replicated } = (input ?? {}) as NonNullable<ServiceInputs["mode"]>;
        return global ? { Global: {} } : { Replicated: { Replicas: replicated?.replicas ?? 1 } };
    },
    decode: (api) => {
        const given = api as NonNullable<ServiceSpec["Mode"]> | undefined;
        return given?.Global ? { global: true } : { replicated: { replicas: given?.Replicated?.Replicas ?? 1 } };
    },
};

const service = object({
    name: ["Name", value()],
    labels: ["Labels", labels],
    taskSpec: ["TaskTemplate", task],
    mode: ["Mode", mode],
    updateConfig: ["UpdateConfig", rolling],
    rollbackConfig: ["RollbackConfig", rolling],
    endpointSpec: ["EndpointSpec", object({
        mode: ["Mode", value("vip")],
        ports: ["Ports", set(object({
            name: ["Name", value()],
            protocol: ["Protocol", defaulted(value(), "tcp")],
            targetPort: ["TargetPort", value(0)],
            publishedPort: ["PublishedPort", value(0)],
            publishMode: ["PublishMode", defaulted(value(), "ingress")],
        }))],
    })],
});

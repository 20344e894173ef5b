import type { NetworkArgs } from "@pulumi/docker";
import type { Unwrap } from "@pulumi/pulumi";
import type { Kind } from "../kind";
import { Refusal } from "../refusal";
import { ifThere } from "./engine/answer";
import type { Engine } from "./engine/engine";
import type { Engines } from "./engine/engines";
import { serviceNameFault } from "./names";
import { resources } from "./schema";
import { defaulted, labels, list, object, value } from "./service/codec";
import { deleteOnceFree, until } from "./wait";

type NetworkInputs = Unwrap<NetworkArgs>;
type NetworkState = NetworkInputs & { scope: string };
interface NetworkAnswer { Id: string; Name: string; Driver: string; Scope: string; IPAM?: { Config?: unknown[] | null } }

const TOKEN = "docker:index/network:Network";
/** A manager hands out a new overlay's driver and subnet a moment after it answered. */
const EXPOSED_MS = 30_000;
/** Tasks leave a network up to their grace period after their service is gone. */
const DRAINED_MS = 60_000;
const DRAINING = /has active endpoints|in use by task/;

/** An answer in the SDK's words, and the way back. */
const codec = object({
    name: ["Name", value()],
    driver: ["Driver", value()],
    attachable: ["Attachable", value()],
    ingress: ["Ingress", value()],
    internal: ["Internal", value()],
    ipv6: ["EnableIPv6", value()],
    options: ["Options", value()],
    labels: ["Labels", labels],
    ipamDriver: ["IPAM.Driver", value()],
    ipamOptions: ["IPAM.Options", value()],
    ipamConfigs: ["IPAM.Config", list(object({
        subnet: ["Subnet", value()],
        gateway: ["Gateway", value()],
        ipRange: ["IPRange", value()],
        auxAddress: ["AuxiliaryAddresses", defaulted(value({}), {})],
    }))],
});

/** `docker.Network`: immutable. Its delete waits for tasks that are still leaving (KW resource_docker_network_funcs.go). */
export function networkKind(engines: Engines): Kind<NetworkInputs, NetworkState> {
    return {
        token: TOKEN,
        schema: resources[TOKEN]!,
        replaceOn: ["*"],
        autoName: { property: "name", maxLength: 255 },
        provisionalId: true,
        rules: { labels: { set: true }, ipamDriver: { default: "default" }, ipamConfigs: { set: true } },
        check: ({ name, driver }) => {
            const reason = driver === "overlay" && name !== undefined ? serviceNameFault(name) : undefined;
            return reason === undefined ? [] : [{ property: "name", reason }];
        },

        async create(inputs, context) {
            const engine = engines.of(context.config);
            const name = inputs.name ?? "";
            if ((await inspect(engine, name))?.Name === name) {
                throw new Refusal("409", `Unable to create network: Error response from daemon: network with name ${name} already exists`, "name");
            }
            context.begin(name);
            const body = { ...(codec.encode(inputs) as object), CheckDuplicate: true };
            const { Id: id } = await engine.post<{ Id: string }>("/networks/create", { body });
            const exposed = await until(async () => {
                const network = await inspect(engine, id);
                return network?.Driver && (network.Driver !== "overlay" || network.IPAM?.Config?.length) ? network : undefined;
            }, EXPOSED_MS, context.signal);
            if (!exposed) throw new Refusal("Timeout", `network ${name} did not get its addresses within ${EXPOSED_MS / 1000} s`);
            return { id, state: stateOf(exposed) };
        },

        async read(id, context) {
            const network = await inspect(engines.of(context.config), id);
            return network && stateOf(network);
        },

        delete: (id, _state, context) => deleteOnceFree(
            engines.of(context.config), `/networks/${encodeURIComponent(id)}`, DRAINING, DRAINED_MS, context.signal),
    };
}

function inspect(engine: Engine, idOrName: string): Promise<NetworkAnswer | undefined> {
    return ifThere(engine.get<NetworkAnswer>(`/networks/${encodeURIComponent(idOrName)}`));
}

function stateOf(network: NetworkAnswer): NetworkState {
    return { ...(codec.decode(network) as NetworkInputs), scope: network.Scope };
}

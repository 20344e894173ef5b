import type { VolumeArgs } from "@pulumi/docker";
import type { Unwrap } from "@pulumi/pulumi";
import type { Kind } from "../kind";
import { ifThere } from "./engine/answer";
import type { Engine } from "./engine/engine";
import type { Engines } from "./engine/engines";
import { resources } from "./schema";
import { labels, object, value } from "./service/codec";
import { deleteOnceFree } from "./wait";

type VolumeInputs = Unwrap<VolumeArgs>;
type VolumeState = VolumeInputs & { mountpoint: string };
interface VolumeAnswer { Name: string; Mountpoint: string }

const TOKEN = "docker:index/volume:Volume";
/** A stopped container holds its volume until it is removed. */
const RELEASED_MS = 30_000;
const IN_USE = /volume is in use/;

const codec = object({ name: ["Name", value()], driver: ["Driver", value()], driverOpts: ["DriverOpts", value({})], labels: ["Labels", labels] });

/** `docker.Volume`: its id is its name. As the engine itself, a create of a name that is there gives that volume. */
export function volumeKind(engines: Engines): Kind<VolumeInputs, VolumeState> {
    return {
        token: TOKEN,
        schema: resources[TOKEN]!,
        replaceOn: ["*"],
        autoName: { property: "name", maxLength: 255 },
        rules: { labels: { set: true } },
        check: ({ cluster }) => (cluster ? [{ property: "cluster", reason: `"cluster" needs Engine API 1.42 and a CSI plugin; this provider speaks 1.41` }] : []),

        async create(inputs, context) {
            const engine = engines.of(context.config);
            const name = inputs.name ?? "";
            // What was there before must not be taken for ours, and deleted, when this create fails.
            if (!(await inspect(engine, name))) context.begin(name);
            const { Name: id } = await engine.post<VolumeAnswer>("/volumes/create", { body: codec.encode(inputs) });
            return { id, state: stateOf(await engine.get<VolumeAnswer>(`/volumes/${encodeURIComponent(id)}`)) };
        },

        async read(id, context) {
            const volume = await inspect(engines.of(context.config), id);
            return volume && stateOf(volume);
        },

        delete: (id, _state, context) => deleteOnceFree(
            engines.of(context.config), `/volumes/${encodeURIComponent(id)}`, IN_USE, RELEASED_MS, context.signal),
    };
}

function inspect(engine: Engine, name: string): Promise<VolumeAnswer | undefined> {
    return ifThere(engine.get<VolumeAnswer>(`/volumes/${encodeURIComponent(name)}`));
}

function stateOf(volume: VolumeAnswer): VolumeState {
    return { ...(codec.decode(volume) as VolumeInputs), mountpoint: volume.Mountpoint };
}

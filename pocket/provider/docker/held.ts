import type { Failure, Kind } from "../kind";
import { Refusal } from "../refusal";
import { base64Bytes } from "./base64";
import { ifThere } from "./engine/answer";
import type { Engine } from "./engine/engine";
import type { Engines } from "./engine/engines";
import type { Held } from "./engine/swarm";
import { configNameFault, sizeFault } from "./names";
import { resources } from "./schema";
import { labels } from "./service/codec";

interface HeldInputs { name?: string; data?: string; dataRaw?: string; labels?: { label: string; value: string }[] }

/**
 * `docker.Secret`. The engine never gives the data back, so what was last said stays. Immutable: every change needs a
 * new one, and one that a service uses cannot be deleted.
 */
export function secretKind(engines: Engines): Kind<HeldInputs, HeldInputs> {
    const read = (held: Held, last?: HeldInputs): HeldInputs => ({ ...describe(held), ...(last?.data !== undefined && { data: last.data }) });
    return heldKind(engines, { token: "docker:index/secret:Secret", what: "secret", read });
}

/** `docker.ServiceConfig`: as a secret, but readable. */
export function configKind(engines: Engines): Kind<HeldInputs, HeldInputs> {
    const read = (held: Held, last?: HeldInputs): HeldInputs => {
        const data = held.Spec.Data ?? "";
        return { ...describe(held), ...(last?.dataRaw === undefined ? { data } : { dataRaw: Buffer.from(data, "base64").toString() }) };
    };
    return heldKind(engines, { token: "docker:index/serviceConfig:ServiceConfig", what: "config", read });
}

interface Variety { token: string; what: "secret" | "config"; read(held: Held, last?: HeldInputs): HeldInputs }

function heldKind(engines: Engines, { token, what, read }: Variety): Kind<HeldInputs, HeldInputs> {
    const find = (engine: Engine, id: string): Promise<Held | undefined> => ifThere(engine.get<Held>(`/${what}s/${encodeURIComponent(id)}`));
    return {
        token,
        schema: resources[token]!,
        replaceOn: ["*"],
        autoName: { property: "name", maxLength: 255 },
        provisionalId: true,
        rules: { labels: { set: true } },
        ...(what === "config" && { atLeastOneOf: [["data", "dataRaw"]] }),
        check: (inputs) => failures(what, inputs),

        async create(inputs, context) {
            const engine = engines.of(context.config);
            const { name: Name = "", data, dataRaw = "" } = inputs;
            if ((await find(engine, Name))?.Spec.Name === Name) {
                throw new Refusal("409", `Error response from daemon: rpc error: code = AlreadyExists desc = ${what} ${Name} already exists`, "name");
            }
            context.begin(Name);
            const body = { Name, Data: data ?? Buffer.from(dataRaw).toString("base64"), Labels: labels.encode(inputs.labels) };
            const { ID: id } = await engine.post<{ ID: string }>(`/${what}s/create`, { body });
            return { id, state: read(await engine.get<Held>(`/${what}s/${id}`), inputs) };
        },

        async read(id, context, last) {
            const held = await find(engines.of(context.config), id);
            return held && read(held, last);
        },

        async delete(id, _state, context) {
            const engine = engines.of(context.config);
            const held = await find(engine, id);
            if (held) await ifThere(engine.delete(`/${what}s/${held.ID}`));
        },
    };
}

/** An unknown value is absent here, so that only a text that is there can be wrong. */
function failures(what: "secret" | "config", { name, data, dataRaw }: Partial<HeldInputs>): Failure[] {
    const found: Failure[] = [];
    const add = (property: string, reason: string | undefined): unknown => reason !== undefined && found.push({ property, reason });
    if (name !== undefined) add("name", configNameFault(name));
    if (data !== undefined && dataRaw !== undefined) add("data", `"data": only one of \`data,data_raw\` can be specified, but \`data,data_raw\` were specified.`);
    if (data !== undefined) {
        const bytes = base64Bytes(data);
        add("data", bytes === undefined ? `${what === "secret" ? "the value" : `'${data.slice(0, 40)}'`} is not base64 decodeable` : sizeFault(what, bytes));
    }
    if (dataRaw !== undefined) add("dataRaw", sizeFault(what, Buffer.byteLength(dataRaw)));
    return found;
}

function describe({ Spec }: Held): HeldInputs {
    const described = labels.decode(Spec.Labels) as HeldInputs["labels"];
    return { name: Spec.Name, ...(described && { labels: described }) };
}

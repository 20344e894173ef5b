import * as grpc from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { fromStruct, toStruct, type Values } from "../values";

/** The engine's side of the provider protocol, over a real socket: one provider instance. */
export class Engine {
    private readonly client: ResourceProviderClient;

    constructor(port: number) {
        // A connection of its own, as the engine dials one for each provider instance.
        this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 });
    }

    async configure(args: Values): Promise<void> {
        const request = new proto.ConfigureRequest().setArgs(toStruct(args)).setAcceptsecrets(true);
        await this.call<proto.ConfigureResponse>("configure", request);
    }

    async check(urn: string, news: Values, olds: Values = {}): Promise<{ inputs: Values; failures: { property: string; reason: string }[] }> {
        const request = new proto.CheckRequest().setUrn(urn).setNews(toStruct(news)).setOlds(toStruct(olds)).setRandomseed(Buffer.from(urn));
        const response = await this.call<proto.CheckResponse>("check", request);
        return { inputs: fromStruct(response.getInputs()), failures: response.getFailuresList().map((f) => f.toObject()) };
    }

    async diff(urn: string, id: string, oldInputs: Values, olds: Values, news: Values, ignore: string[] = []): Promise<{ changes: number; replaces: string[]; detailed: Record<string, number>; deleteFirst: boolean }> {
        const request = new proto.DiffRequest().setUrn(urn).setId(id).setOldInputs(toStruct(oldInputs)).setOlds(toStruct(olds)).setNews(toStruct(news)).setIgnorechangesList(ignore);
        const response = await this.call<proto.DiffResponse>("diff", request);
        const detailed = Object.fromEntries(response.getDetaileddiffMap().getEntryList().map(([path, diff]) => [path, (diff as unknown as [number])[0] ?? 0]));
        return { changes: response.getChanges(), replaces: response.getReplacesList(), detailed, deleteFirst: response.getDeletebeforereplace() };
    }

    async create(urn: string, inputs: Values, preview = false): Promise<{ id: string; outputs: Values }> {
        const response = await this.call<proto.CreateResponse>("create", new proto.CreateRequest().setUrn(urn).setProperties(toStruct(inputs)).setPreview(preview));
        return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
    }

    /** Starts a create and gives it up as soon as `when` resolves, as a killed engine does. */
    async abandonCreate(urn: string, inputs: Values, when: Promise<void>): Promise<void> {
        const request = new proto.CreateRequest().setUrn(urn).setProperties(toStruct(inputs));
        const ended = new Promise<void>((resolve) => {
            const call = this.client.create(request, () => resolve());
            void when.then(() => call.cancel());
        });
        await ended;
    }

    async read(urn: string, id: string, inputs: Values, olds: Values): Promise<{ id: string; inputs: Values; outputs: Values }> {
        const request = new proto.ReadRequest().setUrn(urn).setId(id).setInputs(toStruct(inputs)).setProperties(toStruct(olds));
        const response = await this.call<proto.ReadResponse>("read", request);
        return { id: response.getId(), inputs: fromStruct(response.getInputs()), outputs: fromStruct(response.getProperties()) };
    }

    async update(urn: string, id: string, oldInputs: Values, olds: Values, news: Values, preview = false): Promise<Values> {
        const request = new proto.UpdateRequest().setUrn(urn).setId(id).setOldInputs(toStruct(oldInputs)).setOlds(toStruct(olds)).setNews(toStruct(news)).setPreview(preview);
        return fromStruct((await this.call<proto.UpdateResponse>("update", request)).getProperties());
    }

    async delete(urn: string, id: string, state: Values): Promise<void> {
        await this.call("delete", new proto.DeleteRequest().setUrn(urn).setId(id).setProperties(toStruct(state)));
    }

    async invoke(token: string, args: Values): Promise<Values> {
        const response = await this.call<proto.InvokeResponse>("invoke", new proto.InvokeRequest().setTok(token).setArgs(toStruct(args)));
        return fromStruct(response.getReturn());
    }

    close(): void {
        this.client.close();
    }

    private call<R>(method: string, request: unknown): Promise<R> {
        const client = this.client as unknown as Record<string, (request: unknown, reply: (error: grpc.ServiceError | null, response: R) => void) => void>;
        return new Promise((resolve, reject) => client[method]!(request, (error, response) => (error ? reject(new Error(error.details)) : resolve(response))));
    }
}

/** "urn:pulumi:us::antipode::aws:ec2/vpc:Vpc::net" */
export function urn(token: string, name: string, stack = "us"): string {
    return `urn:pulumi:${stack}::antipode::${token}::${name}`;
}

import * as grpc from "@grpc/grpc-js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Difference, Failure } from "./kind";
import type { BaseContext } from "./lifecycle";
import type { Instance, Service } from "./service";
import { fromStruct, toStruct } from "./values";

type Call<Q> = grpc.ServerUnaryCall<Q, unknown>;
type Handler<Q> = (request: Q, call: Call<Q>) => Promise<unknown> | unknown;

/** What the wire needs to know of the world around a request. */
export interface Surroundings {
    /** By peer: every provider instance of the engine dials a connection of its own. */
    instances: Map<string, Instance>;
    context(urn: string, instance: Instance, signal: AbortSignal, timeout: number): BaseContext;
}

/** `pulumirpc.ResourceProvider` for one package: messages to values and back. */
export function handlers(service: Service, around: Surroundings): grpc.UntypedServiceImplementation {
    const instanceOf = async (call: Call<unknown>): Promise<Instance> => {
        const instance = around.instances.get(call.getPeer());
        if (!instance) throw new Error(`provider ${service.pack.name} was asked before it was configured`);
        await instance.ready;
        return instance;
    };
    const contextOf = async (call: Call<unknown>, urn: string, timeout = 0): Promise<BaseContext> => {
        const aborted = new AbortController();
        call.on("cancelled", () => aborted.abort());
        if (call.cancelled) aborted.abort();
        return around.context(urn, await instanceOf(call), aborted.signal, timeout);
    };

    // Versions of parameterized packages by connection: what the engine compares with the program's SDK.
    const parameterized = new Map<string, string>();

    return {
        attach: unary(() => new Empty()),
        cancel: unary(() => new Empty()),
        getPluginInfo: unary((_: unknown, call) => new plugin.PluginInfo().setVersion(parameterized.get(call.getPeer()) ?? service.pack.version)),
        parameterize: unary((request: proto.ParameterizeRequest, call) => {
            const value = request.getValue();
            if (value) parameterized.set(call.getPeer(), value.getVersion());
            return new proto.ParameterizeResponse().setName(value?.getName() ?? service.pack.name).setVersion(value?.getVersion() ?? service.pack.version);
        }),
        checkConfig: unary((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())
            .setFailuresList(service.checkConfig(fromStruct(request.getNews())).map(failure))),
        diffConfig: unary((request: proto.DiffRequest) =>
            diffResponse(service.diffConfig(fromStruct(request.getOldInputs()), fromStruct(request.getNews())), false)),
        configure: unary((request: proto.ConfigureRequest, call) => {
            around.instances.set(call.getPeer(), service.configure(fromStruct(request.getArgs())));
            return new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true).setAcceptresources(false);
        }),
        check: unary(async (request: proto.CheckRequest, call) => {
            const news = fromStruct(request.getNews());
            const checked = service.check(tokenOf(request), news, fromStruct(request.getOlds()), request.getRandomseed_asU8(), await contextOf(call, request.getUrn()));
            return new proto.CheckResponse().setInputs(toStruct(checked.inputs)).setFailuresList(checked.failures.map(failure));
        }),
        diff: unary((request: proto.DiffRequest) => {
            const { found, deleteFirst } = service.diff(tokenOf(request), fromStruct(request.getOlds()), fromStruct(request.getOldInputs()),
                fromStruct(request.getNews()), request.getIgnorechangesList());
            return diffResponse(found, deleteFirst);
        }),
        create: unary(async (request: proto.CreateRequest, call) => {
            const inputs = fromStruct(request.getProperties());
            if (request.getPreview()) return new proto.CreateResponse().setProperties(toStruct(service.previewCreate(inputs)));
            const made = await service.create(tokenOf(request), inputs, await contextOf(call, request.getUrn(), request.getTimeout()));
            return new proto.CreateResponse().setId(made.id).setProperties(toStruct(made.outputs));
        }),
        read: unary(async (request: proto.ReadRequest, call) => {
            const found = await service.read(tokenOf(request), request.getId(), fromStruct(request.getInputs()), fromStruct(request.getProperties()),
                await contextOf(call, request.getUrn()));
            if (!found) return new proto.ReadResponse().setId("");
            return new proto.ReadResponse().setId(request.getId()).setProperties(toStruct(found.outputs)).setInputs(toStruct(found.inputs));
        }),
        update: unary(async (request: proto.UpdateRequest, call) => {
            const olds = fromStruct(request.getOlds());
            const news = fromStruct(request.getNews());
            const outputs = request.getPreview() ? service.previewUpdate(tokenOf(request), olds, fromStruct(request.getOldInputs()), news)
                : await service.update(tokenOf(request), request.getId(), olds, news, await contextOf(call, request.getUrn(), request.getTimeout()));
            return new proto.UpdateResponse().setProperties(toStruct(outputs));
        }),
        delete: unary(async (request: proto.DeleteRequest, call) => {
            const context = await contextOf(call, request.getUrn(), request.getTimeout());
            await service.delete(tokenOf(request), request.getId(), fromStruct(request.getProperties()), context);
            return new Empty();
        }),
        invoke: unary(async (request: proto.InvokeRequest, call) => {
            const { values, failures } = await service.invoke(request.getTok(), fromStruct(request.getArgs()), await contextOf(call, ""));
            return new proto.InvokeResponse().setReturn(toStruct(values)).setFailuresList(failures.map(failure));
        }),
    };
}

function unary<Q>(handle: Handler<Q>): grpc.handleUnaryCall<Q, unknown> {
    return async (call, reply) => {
        try {
            reply(null, await handle(call.request, call));
        } catch (error) {
            reply({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
        }
    };
}

function failure({ property, reason }: Failure): proto.CheckFailure {
    return new proto.CheckFailure().setProperty(property).setReason(reason);
}

function diffResponse(found: Difference[], deleteFirst: boolean): proto.DiffResponse {
    const response = new proto.DiffResponse();
    const top = (path: string): string => path.split(/[.[]/)[0] ?? path;
    const replaces = [...new Set(found.filter((d) => d.replace).map((d) => top(d.path)))];
    response.setChanges(found.length > 0 ? proto.DiffResponse.DiffChanges.DIFF_SOME : proto.DiffResponse.DiffChanges.DIFF_NONE);
    response.setDiffsList([...new Set(found.map((d) => top(d.path)))]).setReplacesList(replaces);
    response.setDeletebeforereplace(deleteFirst && replaces.length > 0).setHasdetaileddiff(true);
    for (const { path, kind, replace } of found) {
        const named = `${kind.toUpperCase()}${replace ? "_REPLACE" : ""}` as keyof typeof proto.PropertyDiff.Kind;
        response.getDetaileddiffMap().set(path, new proto.PropertyDiff().setKind(proto.PropertyDiff.Kind[named]).setInputdiff(true));
    }
    return response;
}

/** Older engines send the type in the URN alone: "…::<parent type>$<type>::<name>". */
function tokenOf(request: { getType(): string; getUrn(): string }): string {
    return request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");
}


import * as grpc from "@grpc/grpc-js";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Store } from "../store";
import type { Package, Substrate } from "./kind";
import { Ledger, stackOf, type Entry } from "./ledger";
import { Lifecycle, type MakeContext } from "./lifecycle";
import { Service, type Instance } from "./service";
import { handlers, type Surroundings } from "./wire";

export interface ProviderOptions {
    packages: Package[];
    store: Store;
    substrate: Substrate;
    /** File of the ledger; it must outlive the process, beside the store's. */
    ledger: string;
    /** Ports by package name, for an attach list that stays right over a restart; a free one for each not named. */
    ports?: Record<string, number>;
    /** See `Context.patience`; 30 seconds unless told. */
    patience?: number;
}

export interface Providers {
    /** The value of PULUMI_DEBUG_PROVIDERS: "aws:41001,cloudflare:41002". */
    attach: string;
    ports: Record<string, number>;
    /** Tells which resources the stack's state holds; gives back those that it made and does not hold. */
    claim(stack: string, knownIds: string[]): Entry[];
    /** Deletes what is still orphaned in the stack. */
    sweep(stack: string): Promise<{ removed: string[]; failed: { urn: string; error: string }[] }>;
    /** Ends the ports and what the packages hold open. */
    close(): Promise<void>;
}

/** Largest message of the engine's own providers; a plan with files in it goes over gRPC's 4 MB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/**
 * Serves the provider protocol on 127.0.0.1, one port a package, for an engine that attaches instead of starting
 * plug-ins. Creates that an earlier process left half-way are looked after first. Rejects when a port is taken.
 */
export async function startProviders(options: ProviderOptions): Promise<Providers> {
    const ledger = new Ledger(options.ledger);
    const { store, substrate, patience = 30_000 } = options;
    const unasked: MakeContext = (urn, config) => ({
        store, substrate, urn, config, region: typeof config.region === "string" ? config.region : "global", signal: new AbortController().signal,
        timeout: 0, patience,
    });
    const lifecycles = options.packages.map((pack) => new Lifecycle(pack, ledger));
    for (const lifecycle of lifecycles) await lifecycle.recover(unasked);

    const listeners: Listener[] = [];
    const close = async (): Promise<void> => {
        await Promise.all(listeners.map((listener) => listener.close()));
        await Promise.all(options.packages.map((pack) => pack.close?.()));
    };
    try {
        for (const [i, pack] of options.packages.entries()) {
            const instances = new Map<string, Instance>();
            const around: Surroundings = {
                instances,
                context: (urn, instance, signal, timeout) => ({
                    store, substrate, urn, config: instance.config, region: instance.region, signal, timeout, patience,
                }),
            };
            const service = handlers(new Service(pack, lifecycles[i]!), around);
            listeners.push(await listen(pack.name, service, options.ports?.[pack.name] ?? 0, (peer) => instances.delete(peer)));
        }
    } catch (error) {
        await close();
        throw error;
    }
    return {
        attach: listeners.map((l) => `${l.name}:${l.port}`).join(","),
        ports: Object.fromEntries(listeners.map((l) => [l.name, l.port])),
        claim: (stack, knownIds) => ledger.claim(stack, knownIds),
        sweep: async (stack) => {
            const removed: string[] = [];
            const failed: { urn: string; error: string }[] = [];
            for (const entry of ledger.orphans((e) => stackOf(e.urn) === stack)) {
                try {
                    await lifecycles.find((l) => l.owns(entry))?.discard(entry, unasked(entry.urn, entry.provider));
                    removed.push(entry.id ?? entry.urn);
                } catch (error) {
                    failed.push({ urn: entry.urn, error: error instanceof Error ? error.message : String(error) });
                }
            }
            return { removed, failed };
        },
        close,
    };
}

interface Listener { name: string; port: number; close(): Promise<void> }

/**
 * The sockets are accepted here and handed to gRPC, which does not tell when a connection goes: a provider instance's
 * credentials must not outlive it, and the next one may come from the same port.
 */
async function listen(name: string, service: grpc.UntypedServiceImplementation, port: number, gone: (peer: string) => void): Promise<Listener> {
    const rpc = new grpc.Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES, "grpc.max_send_message_length": MAX_MESSAGE_BYTES });
    rpc.addService(ResourceProviderService as unknown as grpc.ServiceDefinition, service);
    const injector = rpc.createConnectionInjector(grpc.ServerCredentials.createInsecure());
    const sockets = new Set<Socket>();
    const tcp: Server = createServer((socket) => {
        const peer = `${socket.remoteAddress}:${socket.remotePort}`;
        sockets.add(socket);
        socket.on("close", () => (sockets.delete(socket), gone(peer)));
        injector.injectConnection(socket);
    });
    await new Promise<void>((resolve, reject) => tcp.once("error", reject).listen(port, "127.0.0.1", resolve));
    return {
        name,
        port: (tcp.address() as AddressInfo).port,
        close: async () => {
            const closed = new Promise<void>((resolve) => tcp.close(() => resolve()));
            injector.destroy();
            rpc.forceShutdown();
            for (const socket of sockets) socket.destroy();
            await closed;
        },
    };
}

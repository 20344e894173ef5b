import type { Place } from "../model";
import type { Store } from "../store";
import type { Server } from "./ask";
import { readAccount, zoneOf } from "./cloudflare";
import { type Handler, listen, type Listener } from "./listener";
import { questionOf, respond, subnetOf } from "./message";
import { locator, networks } from "./places";
import { createResolver } from "./resolver";
import type { IsUp } from "./steering";
import { answer } from "./zone";

export interface DnsOptions {
    store: Store;
    health: { isUp: IsUp };
    /** The address that stands for Cloudflare's name servers. */
    authority: string;
    /** One for each place; the place tells where a query from that address comes from. */
    resolvers: { address: string; place: Place }[];
    /** The world's names that are no zone of the authority, with their IPv4 addresses. */
    hosts: Record<string, string>;
    /** The machine's own name server, `address` or `address:port`. */
    upstream?: string;
    /** 53 when absent; 0 takes free ports, which the answer tells. */
    port?: number;
    /** The resolvers keep nothing for longer, seconds. */
    longestTtl?: number;
    random?: () => number;
}

export interface Dns {
    authority: Server;
    resolvers: (Server & { place: Place })[];
    close(): Promise<void>;
}

/**
 * Starts the name servers of the pocket's world: the authority, and a resolver in each place.
 * @throws Fault ADDRESS_TAKEN; whatever had been started is closed again
 */
export async function startDns(options: DnsOptions): Promise<Dns> {
    const { store, health, port = 53, random = Math.random } = options;
    // A resolver's own address comes first: it decides, also where the pocket's networks are not in use.
    const table = { ...Object.fromEntries(options.resolvers.map(({ address, place }) => [`${address}/32`, place])), ...networks };
    const locate = locator(table);
    const open: Listener[] = [];
    const close = async () => void (await Promise.all(open.map((listener) => listener.close())));
    const start = async (address: string, handler: Handler) => {
        const listener = await listen(address, port, handler);
        open.push(listener);
        return { address, port: listener.port };
    };

    const authoritative: Handler = (query, source) => {
        const asked = questionOf(query);
        if (!asked) return respond(query, { rcode: "FORMERR" });
        const subnet = subnetOf(query);
        const told = { ...asked, source, subnet: subnet?.length ? subnet.ip : undefined };
        const reply = answer(told, readAccount(store), { isUp: health.isUp, locate, random });
        return respond(query, { ...reply, authoritative: reply.rcode !== "REFUSED", scope: reply.bySubnet ? subnet?.length : 0 });
    };

    try {
        const authority = await start(options.authority, authoritative);
        const resolvers: Dns["resolvers"] = [];
        for (const { address, place } of options.resolvers) {
            const resolver = createResolver({
                address,
                authority,
                delegated: (name) => zoneOf(readAccount(store), name) !== undefined,
                hosts: Object.fromEntries(Object.entries(options.hosts).map(([name, host]) => [name.toLowerCase(), host])),
                upstream: options.upstream ? serverFrom(options.upstream) : undefined,
                locate,
                longestTtl: options.longestTtl,
            });
            resolvers.push({ ...(await start(address, resolver)), place });
        }
        return { authority, resolvers, close };
    } catch (error) {
        await close();
        throw error;
    }
}

function serverFrom(text: string): Server {
    const [address, port = "53"] = text.split(":") as [string, string?];
    return { address, port: Number(port) };
}

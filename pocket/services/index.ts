import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import { Fault } from "../../errors/fault";
import type { Authority } from "../ca/index";
import { forwardAcme } from "./acme";
import { ark } from "./llm/ark";
import { deepseek } from "./llm/deepseek";
import { chat } from "./llm/handler";
import { Modes, type Order, type Provider } from "./llm/modes";
import { Wechat } from "./wechat";
import type { Dialect } from "./llm/dialect";

export interface ServicesOptions {
    ca: Authority;
    address: string;
    /** 443 when absent; 0 takes a free one. */
    port?: number;
    /** What the stack's secrets must be for the services to take them. */
    accounts: { arkKey: string; arkEndpoint: string; deepseekKey: string; wechatAppId: string; wechatSecret: string };
    /** The local ACME server, when there is one. */
    pebble?: { port: number };
    /** Between two tokens, milliseconds. */
    tokenMs?: number;
    now?: () => number;
}

export interface Services {
    address: string;
    port: number;
    /** Orders faults and manners for the next answers, see `Mode`, or takes a provider's orders back. */
    llm: { mode(order: Order | { clear: Provider }): void; clear(provider?: Provider): void };
    wechat: Wechat;
    close(): Promise<void>;
}

export const hosts = {
    ark: "ark.cn-beijing.volces.com",
    deepseek: "api.deepseek.com",
    wechat: "api.weixin.qq.com",
    acme: "acme-v02.api.letsencrypt.org",
} as const;

/** A pace that an eye follows: about 25 tokens a second. */
const TOKEN_MS = 40;
/** Longer than clients keep an idle connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 65_000;

/**
 * The outside services, each under its real name, behind one address: Ark, DeepSeek, WeChat and an ACME authority.
 * The certificate is chosen by the server name, the service by the Host header.
 * @throws Fault ADDRESS_TAKEN
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
    const { ca, address, accounts, pebble, tokenMs = TOKEN_MS, now = Date.now } = options;
    const dialects = { ark: ark(accounts.arkEndpoint), deepseek };
    const modes = new Modes({ ark: dialects.ark.knows, deepseek: deepseek.knows });
    const wechat = new Wechat({ appId: accounts.wechatAppId, secret: accounts.wechatSecret, now });
    const model = (dialect: Dialect, keys: string[]) => (request: IncomingMessage, response: ServerResponse) => {
        const known = request.method === "POST" && dialect.paths.includes(request.url ?? "");
        return known ? chat(request, response, { dialect, keys, modes, tokenMs, now }) : response.writeHead(404).end();
    };
    const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
        [hosts.ark]: model(dialects.ark, [accounts.arkKey]),
        [hosts.deepseek]: model(dialects.deepseek, [accounts.deepseekKey]),
        [hosts.wechat]: (request, response) => wechat.handle(request, response),
        [hosts.acme]: (request, response) =>
            pebble ? forwardAcme(request, response, { port: pebble.port, ca: ca.root }) : response.writeHead(503).end(),
    };

    const server = createServer({
        SNICallback: (name, done) => {
            if (!(name in routes)) return done(new Error(`no service is called ${name}`));
            ca.issue([name]).then(({ key, chain }) => done(null, createSecureContext({ key, cert: chain })), done);
        },
    });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on("tlsClientError", () => undefined);
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
        const route = routes[(request.headers.host ?? "").replace(/:\d+$/, "")];
        if (!route) return void response.writeHead(421).end();
        // A client that leaves in the middle is no fault of the services.
        Promise.resolve(route(request, response)).catch(() => response.destroy());
    });

    try {
        server.listen(options.port ?? 443, address);
        await once(server, "listening");
    } catch (error) {
        throw new Fault("ADDRESS_TAKEN", { address, port: options.port ?? 443, what: "the pocket's outside services" }, { cause: error });
    }
    return {
        address,
        port: (server.address() as AddressInfo).port,
        llm: { mode: (order) => ("clear" in order ? modes.clear(order.clear) : modes.set(order)), clear: (provider) => modes.clear(provider) },
        wechat,
        close: async () => {
            const closed = once(server, "close");
            server.close();
            server.closeAllConnections();
            await closed;
        },
    };
}

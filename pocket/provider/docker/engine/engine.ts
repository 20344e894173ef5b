import { Agent } from "node:http";
import Docker from "dockerode";
import type { AuthConfig } from "../registry";
import { refused } from "./answer";
import { SshAgent } from "./dial";
import { parseHost, type Host } from "./host";

/** Oldest Engine API that all of this is written for: Docker 20.10. Newer engines answer it too. */
const API_VERSION = "v1.41";

export interface Ask {
    query?: Record<string, string | number | boolean>;
    body?: unknown;
    /** Credentials that the engine passes on to a registry. */
    auth?: AuthConfig;
    signal?: AbortSignal;
}

/** One Docker engine and the connections to it. */
export class Engine {
    /** For what is more than one request: builds, pushes, pulls. */
    readonly docker: Docker;
    private readonly agent: Agent;

    /** Connects with the first request. Throws when `host` is no address of an engine. */
    constructor(host?: string, sshOpts?: string[]) {
        const where = parseHost(host, sshOpts);
        this.agent = where.kind === "ssh" ? new SshAgent(where.command) : new Agent({ keepAlive: true });
        this.docker = new Docker({ ...address(where), version: API_VERSION });
        Object.assign(this.docker.modem, { agent: this.agent });
    }

    /** Rejects with the engine's refusal in its own words. */
    get<T>(path: string, ask: Ask = {}): Promise<T> {
        return this.ask("GET", path, ask);
    }

    post<T = unknown>(path: string, ask: Ask = {}): Promise<T> {
        return this.ask("POST", path, ask);
    }

    delete(path: string, ask: Ask = {}): Promise<void> {
        return this.ask("DELETE", path, ask);
    }

    /** A POST whose answer is progress, line by line. */
    stream(path: string, ask: Ask = {}): Promise<NodeJS.ReadableStream> {
        return this.ask("POST", path, ask, true);
    }

    /** Ends every connection; over ssh, every child. */
    async close(): Promise<void> {
        if (this.agent instanceof SshAgent) await this.agent.close();
        else this.agent.destroy();
    }

    /** dockerode's own calls would put a secret's data into the URL as well as into the body. */
    private ask<T>(method: string, path: string, { query = {}, body, auth, signal }: Ask, isStream = false): Promise<T> {
        const options = method === "POST" ? { _query: query, _body: body ?? {} } : query;
        const statusCodes = { 200: true, 201: true, 204: true };
        return new Promise((resolve, reject) => {
            this.docker.modem.dial({ path: `${path}?`, method, options, authconfig: auth, abortSignal: signal, statusCodes, isStream } as never,
                (error: unknown, answer: unknown) => (error ? reject(refused(error)) : resolve(answer as T)));
        });
    }
}

/** Over ssh the name in the URL means nothing: the far end is the engine's own socket. */
function address(host: Host): Docker.DockerOptions {
    if (host.kind === "unix") return { socketPath: host.path };
    return host.kind === "tcp" ? { host: host.host, port: host.port, protocol: "http" } : { host: "docker", port: 80, protocol: "http" };
}

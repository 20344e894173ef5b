import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Metrics } from "./metrics";

/** Where Prometheus asks: a port of its own, which nothing publishes, for the app's is open to everybody. */
export class MetricsListener {
    private constructor(private readonly server: Server) {}

    /**
     * Listens on all addresses of the container.
     * @throws the error of the system when the port is taken
     */
    static async open(port: number, metrics: Metrics): Promise<MetricsListener> {
        const server = createServer((request, response) => void answer(metrics, request, response));
        server.listen(port, "0.0.0.0");
        await once(server, "listening");
        return new MetricsListener(server);
    }

    get port(): number {
        return (this.server.address() as AddressInfo).port;
    }

    async close(): Promise<void> {
        this.server.close();
        this.server.closeAllConnections();
        await once(this.server, "close");
    }
}

async function answer(metrics: Metrics, { method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = url?.split("?", 1)[0];
    if (path !== "/metrics") return void response.writeHead(404).end();
    if (method !== "GET" && method !== "HEAD") return void response.writeHead(405, { Allow: "GET, HEAD" }).end();
    try {
        const text = await metrics.text();
        response.writeHead(200, { "Content-Type": metrics.registry.contentType, "Cache-Control": "no-store" }).end(text);
    } catch {
        response.writeHead(500).end();
    }
}

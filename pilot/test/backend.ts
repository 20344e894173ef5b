import { type IncomingMessage, type RequestListener, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An app behind a gateway: remembers what came, answers as told. */
export class Backend {
    readonly seen: { method: string; url: string; headers: IncomingMessage["headers"] }[] = [];
    answer: RequestListener;
    private server: Server;
    address = "";

    constructor(readonly name: string, answer?: RequestListener) {
        this.answer = answer ?? ((_, response) => void response.end(name));
        this.server = createServer((request: IncomingMessage, response: ServerResponse) => {
            this.seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
            this.answer(request, response);
        });
    }

    async start(): Promise<this> {
        const port = this.address === "" ? 0 : Number(this.address.split(":")[1]);
        await new Promise<void>((resolve) => this.server.listen(port, "127.0.0.1", resolve));
        this.address = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
        return this;
    }

    /** As a killed process does: nobody listens any more, and open connections are gone. */
    async stop(): Promise<void> {
        const closed = new Promise((resolve) => this.server.close(resolve));
        this.server.closeAllConnections();
        await closed;
    }
}

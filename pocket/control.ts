import { chmodSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { told, type Told } from "../errors/told";

type Handler = (body: never) => unknown;

/**
 * The door of the daemon: JSON over HTTP on a unix socket that only its owner can open. `GET /status` answers from
 * the first moment on, so that whoever waits sees what is being done.
 */
export class Control {
    private phase = "starting";
    private failure?: Told;
    private details?: () => object;
    private readonly handlers = new Map<string, Handler>();

    private constructor(private readonly server: Server) {}

    /** Opens the socket; a file left by a daemon that was killed is taken over. */
    static async open(socket: string): Promise<Control> {
        rmSync(socket, { force: true });
        const server = createServer();
        const control = new Control(server);
        control.on("GET", "/status", () => control.status());
        server.on("request", (request, response) => {
            void control.answer(request).then(({ status, body }) => {
                response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body ?? {}));
            });
        });
        await new Promise<void>((resolve) => server.listen(socket, resolve));
        chmodSync(socket, 0o600);
        return control;
    }

    on(method: "GET" | "POST", path: string, handler: Handler): void {
        this.handlers.set(`${method} ${path}`, handler);
    }

    say(phase: string): void {
        this.phase = phase;
        console.log(new Date().toISOString(), phase);
    }

    fail(error: Error): void {
        console.error(error);
        this.failure = told(error, String(error.stack));
    }

    ready(details: () => object): void {
        this.say("ready");
        this.details = details;
    }

    close(): Promise<void> {
        this.server.closeAllConnections();
        return new Promise((resolve) => this.server.close(() => resolve()));
    }

    private status(): object {
        return { ready: this.details !== undefined, phase: this.phase, failure: this.failure, pid: process.pid, ...this.details?.() };
    }

    private async answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
        const handler = this.handlers.get(`${request.method} ${request.url}`);
        if (!handler) return { status: this.details ? 404 : 503, body: { error: `the pocket cloud has no ${request.method} ${request.url} (${this.phase})` } };
        try {
            let text = "";
            for await (const part of request) text += part;
            return { status: 200, body: await handler((text ? JSON.parse(text) : {}) as never) };
        } catch (error) {
            return { status: 422, body: told(error as Error) };
        }
    }
}

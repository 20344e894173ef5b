import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { Agent, request } from "node:https";
import type { AddressInfo } from "node:net";

/** A gateway takes so many streams from one address (`limit_conn`); each address of ours opens fewer. */
const PER_ADDRESS = 1_000;
const AT_ONCE = 50;

/** An app that begins a stream for each request and never ends it. */
export async function endlessApp(): Promise<{ address: string; server: Server }> {
    const server = createServer((_, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write("data: here\n\n"));
    await once(server.listen(0, "127.0.0.1"), "listening");
    return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** Visitors who hold streams of a gateway, from as many addresses of this machine as it takes. */
export class Visitors {
    private readonly agent = new Agent({ maxSockets: Infinity });
    held = 0;

    constructor(private readonly port: number, private readonly name: string, private readonly ca: string) {}

    /** Opens streams until there are so many; what the gateway says to the first one that it refuses. */
    async raise(to: number): Promise<string | undefined> {
        while (this.held < to) {
            const answers = await Promise.all(Array.from({ length: Math.min(AT_ONCE, to - this.held) }, (_, index) => this.open(this.held + index)));
            this.held += answers.filter((answer) => answer === undefined).length;
            const refused = answers.find((answer) => answer !== undefined);
            if (refused !== undefined) return refused;
        }
        return undefined;
    }

    leave(): void {
        this.agent.destroy();
    }

    private async open(number: number): Promise<string | undefined> {
        const localAddress = `127.0.1.${1 + Math.floor(number / PER_ADDRESS)}`;
        try {
            const sent = request({ host: "127.0.0.1", port: this.port, localAddress, servername: this.name, ca: this.ca, agent: this.agent, headers: { host: this.name } });
            sent.on("error", () => undefined).end();
            const [response] = (await once(sent, "response", { signal: AbortSignal.timeout(20_000) })) as [IncomingMessage];
            if (response.statusCode !== 200) return `status ${response.statusCode}`;
            response.on("error", () => undefined);
            await once(response, "data", { signal: AbortSignal.timeout(20_000) });
            return undefined;
        } catch (error) {
            return (error as Error).message;
        }
    }
}

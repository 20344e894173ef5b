import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A line to a server which can be cut as a border is: without a word, bytes wait until it is healed. */
export class Line {
    private readonly pairs = new Set<[Socket, Socket]>();
    private isCut = false;

    private constructor(private readonly server: Server) {}

    static async to(port: number): Promise<Line> {
        const server = createServer();
        const line = new Line(server);
        server.on("connection", (near) => line.join(near, connect(port, "127.0.0.1")));
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        return line;
    }

    get port(): number {
        return (this.server.address() as AddressInfo).port;
    }

    cut(): void {
        this.isCut = true;
        for (const pair of this.pairs) for (const socket of pair) socket.pause();
    }

    heal(): void {
        this.isCut = false;
        for (const pair of this.pairs) for (const socket of pair) socket.resume();
    }

    stop(): void {
        this.server.close();
        for (const pair of this.pairs) for (const socket of pair) socket.destroy();
    }

    private join(near: Socket, far: Socket): void {
        const pair: [Socket, Socket] = [near, far];
        this.pairs.add(pair);
        for (const [from, to] of [[near, far], [far, near]] as const) {
            from.on("data", (bytes) => to.write(bytes));
            from.on("error", () => undefined);
            from.on("close", () => {
                this.pairs.delete(pair);
                to.destroy();
            });
            if (this.isCut) from.pause();
        }
    }
}

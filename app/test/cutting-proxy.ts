import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/**
 * A line between a client and a service that breaks when a test wants it to: after so many bytes of an answer, before
 * the first of them, or at once.
 */
export class CuttingProxy {
    /** For each further connection: how many bytes of answer it may carry. Those after the last one carry all. */
    readonly cuts: number[] = [];
    connections = 0;
    /** Where further connections lead. */
    port: number;
    private readonly server: Server;
    private readonly pairs = new Set<Socket>();

    private constructor(port: number) {
        this.port = port;
        this.server = createServer((near) => this.carry(near));
    }

    static async start(port: number): Promise<CuttingProxy> {
        const proxy = new CuttingProxy(port);
        proxy.server.listen(0, "127.0.0.1");
        await once(proxy.server, "listening");
        return proxy;
    }

    get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    /** Breaks every connection that there is. */
    cut(): void {
        for (const socket of this.pairs) socket.resetAndDestroy();
    }

    stop(): void {
        this.cut();
        this.server.close();
    }

    private carry(near: Socket): void {
        this.connections += 1;
        let left = this.cuts.shift() ?? Infinity;
        const far = connect(this.port, "127.0.0.1");
        for (const [socket, other] of [[near, far], [far, near]] as const) {
            this.pairs.add(socket);
            socket.setNoDelay();
            socket.on("error", () => undefined);
            socket.on("close", () => {
                this.pairs.delete(socket);
                other.destroy();
            });
        }
        near.pipe(far);
        far.on("data", (bytes: Buffer) => {
            near.write(bytes.subarray(0, left));
            left -= bytes.length;
            // What was written may arrive, then nothing more.
            if (left <= 0) near.destroySoon();
        });
        far.on("end", () => near.end());
    }
}

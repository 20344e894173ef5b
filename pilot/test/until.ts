import { createServer, type AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

/** Waits for a condition, asking 50 times a second. */
export async function until<T>(condition: () => Promise<T | undefined | false> | T | undefined | false, what: string): Promise<T> {
    const deadline = Date.now() + 30_000;
    for (;;) {
        const value = await condition();
        if (value !== undefined && value !== false) return value as T;
        if (Date.now() > deadline) throw new Error(`not within 30 s: ${what}`);
        await setTimeout(20);
    }
}

/** Ports that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
    const servers = await Promise.all(
        Array.from({ length: count }, async () => {
            const server = createServer();
            await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
            return server;
        }),
    );
    const ports = servers.map((server) => (server.address() as AddressInfo).port);
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    return ports;
}

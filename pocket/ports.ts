import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { Fault } from "../errors/fault";

/** Somewhere that the daemon is going to listen. */
export interface Wanted { what: string; port: number; protocol?: "udp" | "tcp"; address: string }

/**
 * A loopback address that nobody takes by itself: what listens on all addresses is in the way there too, as it will be
 * on the pocket's own addresses, which are not there yet.
 */
export const anyAddress = "127.18.0.1";

/** Makes sure that every port can be had, before anything is changed. Throws ADDRESS_TAKEN for the first that cannot. */
export async function ensureFree(wanted: Wanted[]): Promise<void> {
    for (const { what, port, protocol = "tcp", address } of wanted) {
        await (protocol === "tcp" ? tryTcp(port, address) : tryUdp(port, address)).catch((cause: Error) => {
            throw new Fault("ADDRESS_TAKEN", { what, port, address: address === anyAddress ? "any address" : address }, { cause });
        });
    }
}

async function tryTcp(port: number, address: string): Promise<void> {
    const server = createServer().listen(port, address);
    await once(server, "listening");
    server.close();
    await once(server, "close");
}

async function tryUdp(port: number, address: string): Promise<void> {
    const socket = createSocket("udp4");
    socket.bind(port, address);
    try {
        await once(socket, "listening");
    } finally {
        socket.close();
    }
}

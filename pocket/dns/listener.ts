import { createSocket, type RemoteInfo, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import * as dns from "dns-packet";
import { Fault } from "../../errors/fault";
import { respond, udpSize } from "./message";

/** Answers one query. `client` is the address that it came from. */
export type Handler = (query: dns.DecodedPacket, client: string) => Promise<dns.Packet> | dns.Packet;

export interface Listener { address: string; port: number; close(): Promise<void> }

const IDLE_TCP_MS = 10_000;

/**
 * Serves DNS on one IPv4 address, over UDP and TCP on the same port. Port 0 takes a free one.
 * @throws Fault ADDRESS_TAKEN when another program listens there, or the address is not this machine's
 */
export async function listen(address: string, port: number, handler: Handler): Promise<Listener> {
    for (let attempt = 1; ; attempt++) {
        const udp = createSocket("udp4");
        const tcp = createServer();
        try {
            udp.bind(port, address);
            await once(udp, "listening");
            const bound = udp.address().port;
            tcp.listen(bound, address);
            await once(tcp, "listening");
            serve(udp, tcp, handler);
            return { address, port: bound, close: () => close(udp, tcp) };
        } catch (error) {
            udp.close();
            // A free UDP port may be taken for TCP: then another free one is tried.
            if (port !== 0 || attempt === 5) throw new Fault("ADDRESS_TAKEN", { address, port, what: "the pocket's DNS" }, { cause: error });
        }
    }
}

function serve(udp: UdpSocket, tcp: Server, handler: Handler): void {
    udp.on("message", (bytes: Buffer, from: RemoteInfo) => {
        void reply(bytes, from.address, handler).then((done) => {
            if (!done) return;
            const limit = udpSize(done.query);
            const whole = dns.encode(done.answer);
            const sent = whole.length <= limit ? whole : dns.encode(truncated(done.answer));
            udp.send(sent, from.port, from.address, () => undefined);
        });
    });
    udp.on("error", () => undefined);
    tcp.on("connection", (socket) => conversation(socket, handler));
}

function conversation(socket: Socket, handler: Handler): void {
    const client = socket.remoteAddress ?? "";
    let held = Buffer.alloc(0);
    socket.setTimeout(IDLE_TCP_MS, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes: Buffer) => {
        held = Buffer.concat([held, bytes]);
        while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
            const end = 2 + held.readUInt16BE(0);
            const message = held.subarray(2, end);
            held = held.subarray(end);
            void reply(message, client, handler).then((done) => (done ? socket.write(dns.streamEncode(done.answer)) : socket.destroy()));
        }
    });
}

/** Undefined for what is not a query: answering it would let two servers talk for ever. */
async function reply(bytes: Buffer, client: string, handler: Handler): Promise<{ query: dns.DecodedPacket; answer: dns.Packet } | undefined> {
    let query: dns.DecodedPacket;
    try {
        query = dns.decode(bytes);
    } catch {
        return undefined;
    }
    if (query.type !== "query") return undefined;
    try {
        const answer = await handler(query, client);
        dns.encode(answer);
        return { query, answer };
    } catch {
        return { query, answer: respond(query, { rcode: "SERVFAIL" }) };
    }
}

function truncated(answer: dns.Packet): dns.Packet {
    return { ...answer, flags: (answer.flags ?? 0) | dns.TRUNCATED_RESPONSE, answers: [], authorities: [] };
}

async function close(udp: UdpSocket, tcp: Server): Promise<void> {
    await Promise.all([new Promise<void>((done) => udp.close(() => done())), new Promise<void>((done) => tcp.close(() => done()))]);
}

import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import * as dns from "dns-packet";
import { question, questionOf, type Subnet } from "./message";

export interface Server { address: string; port: number }

export interface Manner {
    subnet?: Subnet;
    /** The local address to ask from; the system's choice when absent. */
    from?: string;
    /** For each attempt, milliseconds. */
    timeoutMs?: number;
    attempts?: number;
}

/**
 * Asks one name server: over UDP, again when nothing comes back, over TCP when the answer was cut short.
 * @throws Error when the server cannot be reached or stays silent
 */
export async function ask(server: Server, name: string, type: string, manner: Manner = {}): Promise<dns.DecodedPacket> {
    const { attempts = 2 } = manner;
    for (let attempt = 1; ; attempt++) {
        const packet = question(randomInt(0x10000), name, type, manner.subnet);
        try {
            const answer = await overUdp(server, packet, manner);
            return answer.flag_tc ? await overTcp(server, packet, manner) : answer;
        } catch (error) {
            if (attempt >= attempts) throw error;
        }
    }
}

function overUdp(server: Server, packet: dns.Packet, { from, timeoutMs = 2000 }: Manner): Promise<dns.DecodedPacket> {
    return new Promise((resolve, reject) => {
        const socket = createSocket("udp4");
        const end = (outcome: () => void) => {
            clearTimeout(timer);
            socket.close();
            outcome();
        };
        const timer = setTimeout(() => end(() => reject(new Error(`${server.address}:${server.port} is silent`))), timeoutMs);
        socket.on("error", (error) => end(() => reject(error)));
        socket.on("message", (bytes) => {
            const answer = matching(packet, bytes);
            if (answer) end(() => resolve(answer));
        });
        // A connected socket hears of an unreachable port at once, instead of waiting for the timeout.
        const connected = (error?: Error) => (error ? end(() => reject(error)) : socket.send(dns.encode(packet)));
        socket.bind(0, from, () => socket.connect(server.port, server.address, connected));
    });
}

function overTcp(server: Server, packet: dns.Packet, { from, timeoutMs = 2000 }: Manner): Promise<dns.DecodedPacket> {
    return new Promise((resolve, reject) => {
        const socket = connect({ host: server.address, port: server.port, localAddress: from });
        let held = Buffer.alloc(0);
        socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`${server.address}:${server.port} is silent over TCP`)));
        socket.on("error", reject);
        socket.on("close", () => reject(new Error(`${server.address}:${server.port} closed the connection`)));
        socket.on("connect", () => socket.write(dns.streamEncode(packet)));
        socket.on("data", (bytes: Buffer) => {
            held = Buffer.concat([held, bytes]);
            if (held.length < 2 || held.length < 2 + held.readUInt16BE(0)) return;
            const answer = matching(packet, held.subarray(2));
            if (answer) resolve(answer);
            socket.destroy();
        });
    });
}

/** Takes only the answer to this very question; anything else on the socket is forged or late. */
function matching(packet: dns.Packet, bytes: Buffer): dns.DecodedPacket | undefined {
    try {
        const answer = dns.decode(bytes);
        const [asked, told] = [questionOf(packet), questionOf(answer)];
        const same = !told || (asked?.name === told.name && asked.type === told.type);
        return answer.type === "response" && answer.id === packet.id && same ? answer : undefined;
    } catch {
        return undefined;
    }
}

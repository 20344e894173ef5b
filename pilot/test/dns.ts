import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";

/** A name server that gives every name of the test world the address of this machine, and knows no other name. */
export async function nameServer(known: RegExp): Promise<{ address: string; close(): void }> {
    const socket = createSocket("udp4");
    socket.on("message", (query, from) => {
        const labels: string[] = [];
        let at = 12;
        for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
            labels.push(query.toString("ascii", at + 1, at + 1 + size));
            at += size + 1;
        }
        const question = query.subarray(12, at + 5);
        const found = known.test(labels.join(".").toLowerCase());
        const answers = found && query.readUInt16BE(at + 1) === 1 ? 1 : 0;
        const header = Buffer.from(query.subarray(0, 12));
        header.writeUInt16BE(0x8400 | (found ? 0 : 3), 2);
        [1, answers, 0, 0].forEach((count, place) => header.writeUInt16BE(count, 4 + 2 * place));
        const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
        socket.send(Buffer.concat([header, question, ...(answers ? [answer] : [])]), from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    return { address: `127.0.0.1:${(socket.address() as AddressInfo).port}`, close: () => socket.close() };
}

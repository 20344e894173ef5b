import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { anyAddress, ensureFree } from "./ports";

const what = "the pocket's DNS";

describe("ports that the daemon wants", () => {
    it("are free, and stay so", async () => {
        const server = createServer().listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        server.close();
        await once(server, "close");
        for (const protocol of ["tcp", "udp", "tcp"] as const) await ensureFree([{ what, port, protocol, address: "127.0.0.1" }]);
    });

    it("are taken by a program that listens on all addresses, and named", async () => {
        const server = createServer().listen(0, "0.0.0.0");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        await expect(ensureFree([{ what, port, address: anyAddress }])).rejects.toMatchObject({ code: "ADDRESS_TAKEN", details: { what, port, address: "any address" } });
        server.close();
    });

    it("are taken over UDP alone as well", async () => {
        const socket = createSocket("udp4").bind(0, "0.0.0.0");
        await once(socket, "listening");
        await expect(ensureFree([{ what, port: socket.address().port, protocol: "udp", address: anyAddress }])).rejects.toMatchObject({ code: "ADDRESS_TAKEN" });
        socket.close();
    });
});

import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { getPage } from "./get";

describe("a page of an instance", () => {
    let server: Server;
    afterEach(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));

    async function answeredBy(answer: RequestListener): Promise<string> {
        server = createServer(answer);
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    }

    it("is its status and its text", async () => expect(await getPage(await answeredBy((_, response) => void response.writeHead(503).end("über")))).toEqual({ status: 503, text: "über" }));

    it("that has no end is read in part: the pilot's memory is small", async () => {
        const url = await answeredBy((_, response) => {
            const more = () => void (!response.destroyed && response.write("x".repeat(65_536), () => setImmediate(more)));
            more();
        });
        const { status, text } = await getPage(url);
        expect([status, text.length >= 4 * 1_048_576, text.length < 5 * 1_048_576]).toEqual([200, true, true]);
    });
});

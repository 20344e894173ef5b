import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request } from "node:https";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Backend } from "../test/backend";
import { gatewayOf, type Nginx, nginx } from "../test/nginx";
import type { Site } from "./state";

const name = "us.yourapp.test";
const SOFT = 256;
/** Each takes two files of a worker: more than two workers have with the soft limit. */
const STREAMS = 400;

describe.skipIf(nginx === undefined)("a gateway whose container may open few files", () => {
    let gateway: Nginx;
    let site: Site;
    let backend: Backend;
    let streams: ClientRequest[] = [];
    beforeEach(async () => {
        ({ gateway, site } = await gatewayOf(name));
        gateway.softFiles = SOFT;
        backend = await new Backend("app", (_, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write("data: here\n\n")).start();
        await gateway.serve({ region: "us", sites: [site], peers: [], app: { version: "1.0.0", addresses: [backend.address] }, maxStreamSeconds: 600 });
    });
    afterEach(async () => {
        for (const stream of streams.splice(0)) stream.destroy();
        await backend.stop();
        await gateway.stop();
    });

    /** What the gateway says at the beginning of a stream, which then stays open. */
    async function open(ca: Buffer): Promise<number> {
        const { httpsPort } = gateway.layout;
        const sent = request({ host: "127.0.0.1", port: httpsPort, servername: name, ca, agent: false, headers: { host: name } });
        streams.push(sent);
        sent.end();
        const [response] = (await once(sent, "response")) as [IncomingMessage];
        await once(response, "data");
        return response.statusCode!;
    }

    it("raises its own limit, and carries as many streams as its connections allow", async () => {
        const limits = gateway.workers().map((pid) => /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, "utf8"))?.[1]);
        expect(new Set(limits)).toEqual(new Set(["8192"]));
        const ca = readFileSync(gateway.layout.trust);
        const statuses: (number | string)[] = [];
        for (let begun = 0; begun < STREAMS; begun += 50) {
            statuses.push(...(await Promise.all(Array.from({ length: 50 }, () => open(ca).catch((error: Error) => error.message)))));
        }
        expect(statuses.filter((status) => status !== 200)).toEqual([]);
    });
});

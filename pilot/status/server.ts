import { mkdirSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:http";
import { dirname } from "node:path";

/**
 * Answers `GET /status` and, for the image's health check, `GET /health` on a unix socket: no port is published, whoever
 * may enter the container may ask.
 *
 * @param look gives what is true now.
 * @param well whether the pilot does its work.
 */
export async function serveStatus(socket: string, look: () => Promise<unknown>, well: () => boolean): Promise<Server> {
    mkdirSync(dirname(socket), { recursive: true });
    // A pilot that was killed leaves its socket behind, and nobody listens on it.
    rmSync(socket, { force: true });
    const server = createServer(async (request, response) => {
        if (request.url === "/health") return void response.writeHead(well() ? 200 : 503).end();
        if (request.method !== "GET" || request.url !== "/status") return void response.writeHead(404).end();
        try {
            const text = JSON.stringify(await look(), undefined, 2);
            response.writeHead(200, { "content-type": "application/json" }).end(`${text}\n`);
        } catch (thrown) {
            response.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ error: String(thrown) }));
        }
    });
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
    return server;
}

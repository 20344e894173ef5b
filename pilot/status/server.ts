import { mkdirSync, rmSync } from "node:fs";
import { type IncomingMessage, type Server, createServer } from "node:http";
import { dirname } from "node:path";

/** What can be asked of the pilot besides how it is: a word, and what comes of it. */
export type Answers = Record<string, (words: string[]) => Promise<unknown>>;

/** Whoever asks has asked for something that cannot be. */
export class Unanswerable extends Error {}

/**
 * Answers `GET /status`, `POST /<word>` with a list of words, and, for the image's health check, `GET /health` on a unix
 * socket: no port is published, whoever may enter the container may ask.
 *
 * @param look gives what is true now.
 * @param well whether the pilot does its work.
 */
export async function serveStatus(socket: string, look: () => Promise<unknown>, well: () => boolean, answers: Answers = {}): Promise<Server> {
    mkdirSync(dirname(socket), { recursive: true });
    // A pilot that was killed leaves its socket behind, and nobody listens on it.
    rmSync(socket, { force: true });
    const server = createServer(async (request, response) => {
        if (request.url === "/health") return void response.writeHead(well() ? 200 : 503).end();
        const word = request.url?.slice(1) ?? "";
        const answer = request.method === "GET" && word === "status" ? look : request.method === "POST" && Object.hasOwn(answers, word) ? answers[word]! : undefined;
        if (!answer) return void response.writeHead(404).end();
        try {
            const text = JSON.stringify(await answer(request.method === "POST" ? await wordsOf(request) : []), undefined, 2);
            response.writeHead(200, { "content-type": "application/json" }).end(`${text}\n`);
        } catch (thrown) {
            const status = thrown instanceof Unanswerable ? 409 : 500;
            response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error: status === 409 ? (thrown as Error).message : String(thrown) }));
        }
    });
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
    return server;
}

async function wordsOf(request: IncomingMessage): Promise<string[]> {
    let text = "";
    for await (const piece of request.setEncoding("utf8")) text += piece;
    return (JSON.parse(text) as unknown[]).map(String);
}

import { mkdirSync, rmSync } from "node:fs";
import { type IncomingMessage, type Server, createServer } from "node:http";
import { dirname } from "node:path";
import { Unanswerable } from "./refusals";

/** What can be asked of the pilot besides how it is: a word, and what comes of it. */
export type Answers = Record<string, (words: string[]) => Promise<unknown>>;

/**
 * Answers `GET /status`, `POST /<word>` with a list of words, and, for the image's health check, `GET /health` on a unix
 * socket: no port is published, whoever may enter the container may ask. What cannot be is answered with 409 and
 * `{error, code, details}`.
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
            const [status, told] = thrown instanceof Unanswerable ? [409, { error: thrown.message, code: thrown.code, details: thrown.details }] : [500, { error: String(thrown) }];
            response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(told));
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

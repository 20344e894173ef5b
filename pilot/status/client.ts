import { request } from "node:http";

const PATIENCE_MS = 30_000;

/** The status as the pilot behind this socket tells it, in its own JSON. @throws Error when no pilot answers. */
export const readStatus = (socketPath: string): Promise<string> => ask(socketPath, "GET", "status");

/**
 * Asks the pilot for something; gives its answer, in JSON.
 * @throws Error when no pilot answers; when what is asked for cannot be, its message is the refusal in JSON: `{error, code, details}`
 */
export const askPilot = (socketPath: string, word: string, words: string[]): Promise<string> => ask(socketPath, "POST", word, words);

function ask(socketPath: string, method: string, word: string, words?: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
        const sent = request({ socketPath, method, path: `/${word}`, signal: AbortSignal.timeout(PATIENCE_MS) }, (reply) => {
            let text = "";
            reply.setEncoding("utf8").on("data", (piece: string) => (text += piece));
            reply.on("end", () => (reply.statusCode === 200 ? resolve(text) : reject(new Error(reasonOf(reply.statusCode, text)))));
            reply.on("error", reject);
        });
        sent.on("error", reject);
        sent.end(words && JSON.stringify(words));
    });
}

function reasonOf(status: number | undefined, text: string): string {
    return status === 409 ? text : `the pilot answers ${status}: ${text}`;
}

import { type IncomingMessage, request } from "node:http";

/** A model may think for long, and a check that is too strict would undo a good release. */
const PATIENCE_MS = 60_000;
/** More of an answer is not kept: a check looks for a short text. */
const MOST_CHARACTERS = 1_048_576;

export interface Asked {
    method: string;
    path: string;
    body?: string;
    headers?: Record<string, string>;
    /** As errors call the request. */
    name: string;
}

/** The answer of an instance to a request of the pilot's own. Rejects with an Error that names the request. */
export function ask(address: string, { method, path, body = "", headers = {}, name }: Asked): Promise<{ status: number; body: string }> {
    const length = body === "" ? {} : { "content-length": Buffer.byteLength(body) };
    const options = { method, headers: { ...headers, ...length }, agent: false, signal: AbortSignal.timeout(PATIENCE_MS) } as const;
    return new Promise((resolve, reject) => {
        const sent = request(`http://${address}${path}`, options, (reply: IncomingMessage) => {
            let text = "";
            reply.setEncoding("utf8").on("data", (piece: string) => (text.length < MOST_CHARACTERS ? (text += piece) : undefined));
            reply.on("error", () => reject(new Error(`${name} broke off`)));
            reply.on("end", () => resolve({ status: reply.statusCode ?? 0, body: text }));
        });
        sent.on("error", (error) => reject(error.name === "TimeoutError" ? new Error(`${name} took longer than ${PATIENCE_MS / 1000} s`) : new Error(`${name}: ${error.message}`)));
        sent.end(body);
    });
}

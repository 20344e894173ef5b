import { get } from "node:http";

/** The status as the pilot behind this socket tells it, in its own JSON. @throws Error when no pilot answers. */
export function readStatus(socketPath: string): Promise<string> {
    return new Promise((resolve, reject) => {
        get({ socketPath, path: "/status", signal: AbortSignal.timeout(3000) }, (reply) => {
            let text = "";
            reply.setEncoding("utf8").on("data", (piece: string) => (text += piece));
            reply.on("end", () => (reply.statusCode === 200 ? resolve(text) : reject(new Error(`the pilot answers ${reply.statusCode}: ${text}`))));
            reply.on("error", reject);
        }).on("error", reject);
    });
}

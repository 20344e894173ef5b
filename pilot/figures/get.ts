import { get } from "node:http";

const PATIENCE_MS = 3_000;

/** Status and text of a page of an instance. Rejects when it does not answer, or not in time. */
export function getPage(url: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
        get(url, { agent: false, signal: AbortSignal.timeout(PATIENCE_MS) }, (reply) => {
            let text = "";
            reply.setEncoding("utf8").on("data", (piece: string) => (text += piece)).on("error", reject);
            reply.on("end", () => resolve({ status: reply.statusCode ?? 0, text }));
        }).on("error", reject);
    });
}

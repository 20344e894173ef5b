import { get } from "node:http";

const PATIENCE_MS = 3_000;
/** An app of one's own may answer any path with anything. Metrics and health pages are far shorter. */
const MOST_CHARACTERS = 4 * 1_048_576;

/** Status and text of a page of an instance, the text up to a limit. Rejects when it does not answer, or not in time. */
export function getPage(url: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
        get(url, { agent: false, signal: AbortSignal.timeout(PATIENCE_MS) }, (reply) => {
            let text = "";
            const done = () => resolve({ status: reply.statusCode ?? 0, text });
            reply.setEncoding("utf8").on("error", reject).on("end", done);
            reply.on("data", (piece: string) => {
                text += piece;
                if (text.length < MOST_CHARACTERS) return;
                done();
                reply.destroy();
            });
        }).on("error", reject);
    });
}

import "../process/connect";
import { randomBytes } from "node:crypto";
import { get } from "node:http";
import type { Store } from "./store";

/**
 * What a request for the name leads to, seen from here:
 * `here` this region (or a peer that asked it), `elsewhere` somebody else, `silent` nobody that answers, `unknown` no address.
 */
export type Reach = "here" | "elsewhere" | "silent" | "unknown";

/** Asks for a challenge of one's own by the public name, as an authority would, so that no order is wasted. */
export async function probe(name: string, store: Store, port = 80): Promise<Reach> {
    const token = `probe-${randomBytes(12).toString("hex")}`;
    const answer = randomBytes(12).toString("hex");
    const takeAway = await store.challenge(token, answer);
    try {
        const text = await fetchText(`http://${name}:${port}/.well-known/acme-challenge/${token}`);
        return text.trim() === answer ? "here" : "elsewhere";
    } catch (thrown) {
        return ["ENOTFOUND", "EAI_AGAIN", "ENODATA"].includes((thrown as NodeJS.ErrnoException).code ?? "") ? "unknown" : "silent";
    } finally {
        await takeAway();
    }
}

function fetchText(address: string): Promise<string> {
    return new Promise((resolve, reject) => {
        // A whole deadline: a server that drips bytes is silent too.
        const asked = get(address, { agent: false, signal: AbortSignal.timeout(5000) }, (reply) => {
            let text = "";
            reply.setEncoding("utf8");
            reply.on("data", (piece: string) => {
                text += piece;
                if (text.length > 4096) reply.destroy(new Error("too long for a challenge"));
            });
            reply.on("end", () => resolve(text));
            reply.on("error", reject);
        });
        asked.on("error", reject);
    });
}

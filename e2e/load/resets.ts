/**
 * A client that resets its streams, as fast as a bounded loop does: before the first byte, after the head, and in the body
 * of its request. It asks for a candidate whatever share of the visitors has it. Words: the origin, streams a second.
 */
import { once } from "node:events";
import { type ClientHttp2Session, connect, constants } from "node:http2";
import { setTimeout as pause } from "node:timers/promises";
import { firstVisitor } from "../../pilot/gateway/first-visitor";

const ways = ["at once", "after the head", "in the body"] as const;

function reset(session: ClientHttp2Session, way: (typeof ways)[number]): void {
    const method = way === "in the body" ? "POST" : "GET";
    const stream = session.request({ ":path": "/api/health", ":method": method, "x-antipode-visitor": firstVisitor }, { endStream: method === "GET" });
    stream.on("error", () => undefined);
    const end = () => stream.close(constants.NGHTTP2_CANCEL);
    if (way === "after the head") stream.once("response", end);
    else if (way === "in the body") stream.write("so far", end);
    else end();
}

async function main(origin: string, perSecond: number): Promise<void> {
    for (;;) {
        const session = connect(origin);
        const gone = once(session.on("error", () => undefined), "close");
        for (let sent = 0; !session.closed && !session.destroyed && sent < 1_000; sent += 1) {
            reset(session, ways[sent % ways.length]!);
            await pause(1_000 / perSecond);
        }
        session.destroy();
        await gone.catch(() => undefined);
    }
}

const [origin, perSecond] = process.argv.slice(2);
void main(origin!, Number(perSecond));

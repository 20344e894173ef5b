// better-sse on node:http, asking with undici and eventsource-parser.
import { createServer } from "node:http";
import { createSession } from "better-sse";
import { ask, HEARTBEAT_MS, left, listening, readJson, texts } from "./shared.mjs";

const serializer = (data) => (typeof data === "string" ? data : JSON.stringify(data));
const open = (incoming, response) => createSession(incoming, response, { keepAlive: HEARTBEAT_MS, serializer });

async function chat(incoming, response) {
    const { message } = await readJson(incoming);
    const session = await open(incoming, response);
    const gone = new AbortController();
    session.once("disconnected", () => gone.abort());
    let seq = 0;
    for await (const delta of texts(await ask(message, gone.signal))) {
        seq += 1;
        session.push({ type: "delta", seq, delta }, "delta", `s.${seq}`);
    }
    session.push("[DONE]");
    response.end();
}

const server = createServer((incoming, response) => {
    const work = incoming.method === "POST" ? chat(incoming, response) : open(incoming, response);
    work.catch((error) => left(response, error));
});
server.listen(0, "127.0.0.1", () => listening(server));

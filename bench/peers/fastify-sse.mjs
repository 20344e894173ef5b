// @fastify/sse, asking with undici and eventsource-parser.
import sse from "@fastify/sse";
import Fastify from "fastify";
import { ask, HEARTBEAT_MS, left, listening, texts } from "./shared.mjs";

const app = Fastify();
const serializer = (data) => (typeof data === "string" ? data : JSON.stringify(data));
await app.register(sse, { heartbeatInterval: HEARTBEAT_MS, serializer });

app.post("/api/chat", { sse: "only" }, async (request, reply) => {
    const gone = new AbortController();
    reply.sse.onClose(() => gone.abort());
    try {
        let seq = 0;
        reply.sse.sendHeaders();
        for await (const delta of texts(await ask(request.body.message, gone.signal))) {
            seq += 1;
            await reply.sse.send({ id: `s.${seq}`, event: "delta", data: { type: "delta", seq, delta } });
        }
        await reply.sse.send({ data: "[DONE]" });
    } catch (error) {
        left(reply.raw, error);
    }
});

app.get("/idle", { sse: "only" }, async (_request, reply) => {
    reply.sse.keepAlive();
    reply.sse.sendHeaders();
});

await app.listen({ port: 0, host: "127.0.0.1" });
listening(app.server);

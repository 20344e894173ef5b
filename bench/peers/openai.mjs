// node:http and the openai SDK.
import OpenAI from "openai";
import { begin, messages, MODEL, relay, serve } from "./shared.mjs";

const client = new OpenAI({ baseURL: MODEL, apiKey: "key", maxRetries: 0 });

async function* texts(stream) {
    for await (const chunk of stream) {
        const text = chunk.choices[0]?.delta?.content;
        if (text) yield text;
    }
}

serve(async (response, message) => {
    const signal = begin(response);
    await relay(response, texts(await client.chat.completions.create({ model: "m", messages: messages(message), stream: true }, { signal })));
});

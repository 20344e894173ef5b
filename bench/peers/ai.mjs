// node:http and the ai SDK with its OpenAI-compatible provider.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";
import { begin, messages, MODEL, relay, serve } from "./shared.mjs";

const provider = createOpenAICompatible({ name: "model", baseURL: MODEL, apiKey: "key" });

serve(async (response, message) => {
    const abortSignal = begin(response);
    await relay(response, streamText({ model: provider("m"), messages: messages(message), abortSignal, maxRetries: 0 }).textStream);
});

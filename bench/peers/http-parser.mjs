// node:http, undici and eventsource-parser: each token is an event of our own.
import { ask, begin, relay, serve, texts } from "./shared.mjs";

serve(async (response, message) => relay(response, texts(await ask(message, begin(response)))));

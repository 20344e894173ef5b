// node:http and undici: bytes as they come, nothing is read.
import { pipeline } from "node:stream/promises";
import { ask, begin, serve } from "./shared.mjs";

serve(async (response, message) => pipeline(await ask(message, begin(response)), response));

import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { readBody, sendJson } from "../http";
import type { Message } from "./answer";
import type { Call, ChatRequest, Dialect } from "./dialect";
import { find, type Modes } from "./modes";
import { answerTo, promptTokens, script, type Script } from "./script";

export interface LlmOptions {
    dialect: Dialect;
    keys: string[];
    modes: Modes;
    /** Between two tokens, milliseconds. */
    tokenMs: number;
    now: () => number;
}

/** Bytes of one character must not leave in one segment, or nobody would see them apart. */
const SPLIT_MS = 5;
const HTML = [
    "<html>",
    "<head><title>502 Bad Gateway</title></head>",
    "<body>",
    "<center><h1>502 Bad Gateway</h1></center>",
    "<hr><center>nginx</center>",
    "</body>",
    "</html>",
    "",
].join("\r\n");

/** Answers `POST …/chat/completions` as the service of the dialect does. */
export async function chat(request: IncomingMessage, response: ServerResponse, options: LlmOptions): Promise<void> {
    const { dialect } = options;
    const id = dialect.newId(options.now());
    const modes = options.modes.take(dialect.provider);
    const body = parse(await readBody(request));
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const model = typeof body?.model === "string" ? body.model : "";

    const refuse = (code: string, { param, disguise, tokens }: { param?: string; disguise?: 200; tokens?: number } = {}) => {
        const { status, headers, body: told } = dialect.refuse(code, { id, key, model, param, tokens });
        sendJson(response, disguise ?? status, told, { ...dialect.headers(id), ...headers });
    };

    if (find(modes, "html-502")) return void response.writeHead(502, { "content-type": "text/html" }).end(HTML);
    const magic = dialect.magic[key ?? ""] ?? (options.keys.includes(key ?? "") ? dialect.magic[model] : undefined);
    if (magic) return refuse(magic);
    if (!key) return refuse(dialect.codes.noKey);
    if (!options.keys.includes(key)) return refuse(dialect.codes.badKey);
    const ordered = find(modes, "error");
    if (ordered) return refuse(ordered.code);
    const disguised = find(modes, "error-as-200");
    if (disguised) return refuse(disguised.code, { disguise: 200 });
    if (!body || !Array.isArray(body.messages) || body.messages.length === 0) return refuse(dialect.codes.badBody, { param: "messages" });
    const real = dialect.model(model);
    if (!real) return refuse(dialect.codes.noModel);
    const tokens = promptTokens(body.messages as Message[]);
    if (tokens > dialect.contextTokens) return refuse(dialect.codes.tooLong, { tokens });

    const call: Call = { id, created: Math.floor(options.now() / 1000), model: real };
    if (body.stream) {
        const told = script(body, dialect, call, modes, (code) => dialect.refuse(code, { id, key, model }).body);
        response.writeHead(200, { ...dialect.headers(id), "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
        return play(told, response, options.tokenMs);
    }
    const { text, reasoning, reason, usage } = answerTo(body, dialect, modes);
    if (find(modes, "stall")) return;
    if (find(modes, "cut")) return void response.destroy();
    const padding = find(modes, "keepalive") ? "\n\n\n" : "";
    response.writeHead(200, { ...dialect.headers(id), "content-type": "application/json" });
    response.end(padding + JSON.stringify(dialect.whole(text, reasoning, reason, usage, call)));
}

async function play({ acts, tokenMs }: Script, response: ServerResponse, usualMs: number): Promise<void> {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    try {
        for (const [i, act] of acts.entries()) {
            if (i > 0) await wait(tokenMs ?? usualMs, undefined, { signal: gone.signal });
            if (act.act === "stall") return;
            if (act.act === "cut") return void response.destroy();
            for (const [j, part] of act.parts.entries()) {
                if (j > 0) await wait(SPLIT_MS, undefined, { signal: gone.signal });
                response.write(part);
            }
        }
        response.end();
    } catch (error) {
        if (!gone.signal.aborted) throw error;
    }
}

function parse(text: string): ChatRequest | undefined {
    try {
        return JSON.parse(text) as ChatRequest;
    } catch {
        return undefined;
    }
}

import { join } from "node:path";
import { project } from "../cli/paths";
import { freePort } from "../system/port";
import type { Opening, Request } from "./client";
import { Program } from "./program";
import { cores, type World } from "./world";

/** Something that relays an answer of the model. */
export interface Subject {
    key: string;
    /** As the page names it. */
    name: string;
    /** @param env on top of its own */
    start(world: World, env?: Record<string, string>): Promise<Running>;
}

/** A subject that runs. */
export interface Running { subject: Subject; program: Program }

const peers = join(__dirname, "peers");
const collecting = ["--expose-gc", "--require", join(peers, "collect.cjs")];
const SECRET = "jwt-secret-of-thirty-two-characters-or-more";

/** The app, as it is built for its image, with these settings on top. */
export function app(key: string, name: string, settings: Record<string, string> = {}): Subject {
    const subject: Subject = {
        key,
        name,
        async start(world, more) {
            const port = await freePort();
            const words = [process.execPath, ...collecting, "--enable-source-maps", join(project, "app", "dist", "main.js")];
            const env = { ...environment(world), JOURNAL_FOLDER: world.scratch(), ...settings, ...more, PORT: String(port) };
            return { subject, program: await Program.start({ name, words, env, cores: cores.subject, port, ready: healthy }) };
        },
    };
    return subject;
}

async function healthy(port: number): Promise<boolean> {
    return (await fetch(`http://127.0.0.1:${port}/api/health`)).ok;
}

/** No limit is to be met: each stream is another user's, and a reader's connections are all one user's. */
function environment(world: World): Record<string, string> {
    return {
        REGION: "us",
        NODE_ENV: "test",
        MONGODB_URI: world.nearDatabase,
        VOLCENGINE_API_URL: world.modelUrl,
        VOLCENGINE_API_KEY: "key",
        VOLCENGINE_ENDPOINT_ID: "ep-bench",
        WECHAT_APPID: "wx0123456789abcdef",
        WECHAT_SECRET: "wechat-secret",
        JWT_SECRET: SECRET,
        METRICS_PORT: "0",
        CHATS_PER_MINUTE: "0",
        MAX_SSE_CONNECTIONS: "100000",
        MAX_SSE_CONNECTIONS_PER_USER: "100000",
        MAX_TURNS_PER_USER: "100000",
        UPSTREAM_FIRST_TOKEN_SECONDS: "86400",
        UPSTREAM_IDLE_SECONDS: "86400",
        UPSTREAM_TOTAL_SECONDS: "86400",
    };
}

export const go: Subject = {
    key: "go",
    name: "Go `net/http`, bytes",
    async start(world) {
        return { subject: go, program: await Program.start({ name: "Go relay", words: [world.binary, "relay", world.modelUrl], cores: cores.subject }) };
    },
};

/** A peer of bench/peers. */
export function peer(file: string, name: string, settings: Record<string, string> = {}): Subject {
    const subject: Subject = {
        key: file,
        name,
        async start(world, more) {
            const env = { NODE_ENV: "production", MODEL_URL: world.modelUrl, ...settings, ...more };
            const words = [process.execPath, ...collecting, join(peers, `${file}.mjs`)];
            return { subject, program: await Program.start({ name, words, env, cores: cores.subject }) };
        },
    };
    return subject;
}

export const nodeHttp = peer("http-bytes", "`node:http` and undici, bytes");

/** All that relay, the app first. */
export const relays: Subject[] = [
    app("app", "**the app**"),
    app("app-unjoined", "the app, `JOIN_MILLISECONDS` 0", { JOIN_MILLISECONDS: "0" }),
    go,
    nodeHttp,
    peer("http-parser", "`node:http`, undici and a parser"),
    peer("fastify-sse", "`@fastify/sse`, undici and a parser"),
    peer("better-sse", "`better-sse`, undici and a parser"),
    peer("openai", "`openai` SDK on `node:http`"),
    peer("ai", "`ai` SDK on `node:http`"),
];

export const started = (world: World, subjects: Subject[]): Promise<Running[]> => Promise.all(subjects.map((subject) => subject.start(world)));

/** A question whose answer has so many tokens, so many a second; rate 0 is never answered. */
export function question(running: Running, rate: number, tokens: number, more: object = {}): Request {
    const message = `bench:${rate}:${tokens}`;
    return { method: "POST", port: running.program.port, path: "/api/chat", body: JSON.stringify({ message, ...more }), user: "bench-{n}", secret: SECRET, tokens };
}

/** A stream of events in which nothing happens, of a peer. */
export function silence(running: Running): Request {
    return { method: "GET", port: running.program.port, path: "/idle", body: "", user: "bench", secret: SECRET, tokens: 0 };
}

/** Joining a turn that runs: what is a connection and nothing else in the app. */
export function joining(running: Running, streamId: string): Request {
    return { method: "GET", port: running.program.port, path: `/api/chat/streams/${streamId}`, body: "", user: "bench", secret: SECRET, tokens: 0 };
}

export const many = (request: Request, count: number, perSecond: number): Opening => ({ ...request, count, perSecond });

/**
 * The app by itself, for working on it: `npm run dev` in `app/`. A real mongod with an empty database, the pocket cloud's
 * model service, and the app, which starts again when one of its files changes. Anybody logs in by any name. Ctrl-C ends
 * all, and what was said is gone. PORT (3000) is the app's; other settings of the app are taken from the environment.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ark } from "../../pocket/services/llm/ark";
import { chat } from "../../pocket/services/llm/handler";
import { Modes } from "../../pocket/services/llm/modes";
import { freePort } from "../../system/port";

const APP = join(__dirname, "..", "..", "app");
const ENDPOINT = "ep-20261121000000-abcde";
const KEY = "a-key-for-development";
/** A pace that an eye follows. */
const TOKEN_MS = 40;

async function main(): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "antipode-dev-"));
    const [database, model, port] = [await freePort(), await startModel(), process.env.PORT || "3000"];
    const children = [await startMongod(join(folder, "db"), database), startApp(port, environment(folder, database, model))];
    const leave = () => {
        for (const child of children) child.kill("SIGTERM");
    };
    process.on("SIGINT", leave);
    process.on("SIGTERM", leave);
    process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    // One without the others is of no use.
    for (const child of children) child.on("exit", leave);
    model.unref();
    await healthy(port);
    console.log(`\n  ${addresses(port).join("\n  ")}\n  Log in as dev:ada, or dev: and any other name.\n`);
}

function environment(folder: string, database: number, model: Server): NodeJS.ProcessEnv {
    return {
        REGION: "us",
        SERVER_NAME: "dev",
        MONGODB_URI: `mongodb://127.0.0.1:${database}/aiagent`,
        VOLCENGINE_API_URL: `http://127.0.0.1:${(model.address() as AddressInfo).port}/api/v3`,
        VOLCENGINE_API_KEY: KEY,
        VOLCENGINE_ENDPOINT_ID: ENDPOINT,
        // Nobody listens there: who comes with a code of WeChat's is told that it does not answer.
        WECHAT_API_URL: "http://127.0.0.1:9",
        WECHAT_APPID: "wx0123456789abcdef",
        WECHAT_SECRET: "none",
        JWT_SECRET: "for-development-alone-and-known-to-everybody",
        JOURNAL_FOLDER: join(folder, "journal"),
        METRICS_PORT: "0",
        DEV_LOGIN: "true",
        DRAIN_SECONDS: "1",
        ...process.env,
        NODE_ENV: "development",
    };
}

/** Ark as the pocket cloud has it; it shows its thoughts, so that those can be seen. */
async function startModel(): Promise<Server> {
    const dialect = ark(ENDPOINT);
    const modes = new Modes({ ark: () => true, deepseek: () => true });
    modes.set({ provider: "ark", kind: "reasoning" });
    const options = { dialect, keys: [KEY], modes, tokenMs: TOKEN_MS, now: Date.now };
    const server = createServer((request, response) => void chat(request, response, options).catch((error) => response.destroy(error)));
    await once(server.listen(0, "127.0.0.1"), "listening");
    return server;
}

async function startMongod(folder: string, port: number): Promise<ChildProcess> {
    mkdirSync(folder);
    const { stdout: binary } = await promisify(execFile)(process.execPath, [join(__dirname, "..", "mongod", "find.mjs")]);
    const args = ["--dbpath", folder, "--port", String(port), "--bind_ip", "127.0.0.1", "--nounixsocket", "--wiredTigerCacheSizeGB", "0.25", "--quiet"];
    return spawn(binary.trim(), args, { stdio: "ignore" });
}

function startApp(port: string, env: NodeJS.ProcessEnv): ChildProcess {
    const watched = ["page/**/*", "client/**/*"].flatMap((files) => ["--include", files]);
    return spawn(process.execPath, [require.resolve("tsx/cli"), "watch", "--clear-screen=false", ...watched, "main.ts"], { cwd: APP, stdio: "inherit", env: { ...env, PORT: port } });
}

async function healthy(port: string): Promise<void> {
    for (;;) {
        const ok = await fetch(`http://127.0.0.1:${port}/api/health`).then(({ ok }) => ok, () => false);
        if (ok) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

/** Also those under which a phone in the same network finds it. */
function addresses(port: string): string[] {
    const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter(({ family, internal }) => family === "IPv4" && !internal);
    return [`http://localhost:${port}`, ...outside.slice(0, 1).map(({ address }) => `http://${address}:${port}  for a phone in this network`)];
}

main().catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
});

import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createContext, Script } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { ChatServer, partly } from "../test/chat-server";
import { scratch } from "../test/scratch";
import { WxSimulator } from "../test/wx";
import { buildClient } from "./client";

const ROOT = join(__dirname, "..");
const TSC = require.resolve("typescript/bin/tsc");
const run = promisify(execFile);

describe("what is built of the client", () => {
    const folder = join(scratch(), "client");
    beforeAll(() => buildClient(join(ROOT, "client"), folder, "1.0.0"));

    it("is loaded and used where there is nothing but `wx` and timers, as in a mini-program", async () => {
        const server = await ChatServer.start();
        const module = { exports: {} as Record<string, any> };
        const world = createContext({ wx: new WxSimulator(), setTimeout, clearTimeout, module, exports: module.exports });
        new Script(readFileSync(join(folder, "index.js"), "utf8")).runInContext(world);
        expect(new Script("[typeof fetch, typeof TextDecoder, typeof URL, typeof AbortController, typeof crypto, typeof require].join()").runInContext(world)).toBe(
            Array(6).fill("undefined").join(),
        );
        server.says = [{ type: "delta", delta: "你好 🌍" }, { type: "done", finishReason: "stop", usage: { inputTokens: 1, outputTokens: 1, reasoningTokens: 0 }, provider: "ark", model: "m" }];
        server.plans.push(partly(1, ""));
        const { createClient, wxTransport } = module.exports;
        const client = createClient({ baseUrl: server.url, transport: wxTransport(world.wx), token: "ada", timing: { firstMs: 5 } });
        expect(await client.chat({ message: "Hi" }).done).toMatchObject({ state: "done", text: "你好 🌍" });
        expect(server.asked.map(({ method }) => method)).toEqual(["POST", "GET"]);
        server.stop();
    });

    it("is a module for Node and browsers", async () => {
        const print = `import { createClient, ChatError } from ${JSON.stringify(join(folder, "index.mjs"))}; console.log(typeof createClient, typeof ChatError)`;
        expect((await run(process.execPath, ["--input-type=module", "-e", print])).stdout).toBe("function function\n");
        // Nothing is imported: it is one file.
        expect(readFileSync(join(folder, "index.mjs"), "utf8")).not.toMatch(/^import |require\(/m);
    });

    it("has types that a strict program can use, for a browser's own library alone", async () => {
        await run(process.execPath, [TSC, "-p", join(ROOT, "client"), "--outDir", folder]);
        const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        expect(existsSync(join(folder, manifest.types))).toBe(true);
    });

    it("leaves the page with types that fit", async () => {
        await run(process.execPath, [TSC, "-p", join(ROOT, "page")]);
    });
});

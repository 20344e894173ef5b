import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { detect } from "../pilot/apps/detect";
import { getPage } from "../pilot/figures/get";
import { checkRequest } from "../pilot/figures/request-check";
import { until } from "../pocket/until";
import { freePort } from "../system/port";

const none = { preset: "any", check: "none", metrics: "none" } as const;

describe("an example of an app", () => {
    let app: ChildProcess;
    let address: string;
    afterEach(() => void app.kill("SIGKILL"));

    async function start(folder: string, program: string, ...words: string[]): Promise<void> {
        const port = await freePort();
        address = `127.0.0.1:${port}`;
        app = spawn(program, words, { cwd: join(__dirname, folder), env: { PATH: process.env.PATH, PORT: String(port) }, stdio: "ignore" });
        await until(() => getPage(`http://${address}/`).then(() => true, () => false), { seconds: 20, every: 100, what: `${folder} to listen` });
    }
    /** Port 9464 of this machine may be somebody's. */
    const page = (url: string) => (url.includes(":9464/") ? Promise.reject(new Error("connect ECONNREFUSED")) : getPage(url));

    it("hello has no metrics and no check, and lets its streams end before it goes", async () => {
        await start("hello", process.execPath, "server.js");
        expect(await detect({}, address, page)).toEqual({ ...none, health: "/health" });
        const end = once(app, "exit");
        const stream = new Promise<string>((resolve, reject) => get(`http://${address}/stream`, { agent: false }, (reply) => {
            let text = "";
            reply.setEncoding("utf8").on("data", (piece: string) => (text += piece)).on("error", reject).on("end", () => resolve(text));
            reply.once("data", () => void app.kill("SIGTERM"));
        }).on("error", reject));
        expect([await stream, (await end)[0]]).toEqual(["1\n2\n3\n4\n5\n", 0]);
    });

    it("sum has a check, and ends when it is told to", async () => {
        await start("sum", "python3", "-u", "server.py");
        const check = { method: "GET", path: "/sum?of=1,2", status: 200, text: "3" };
        expect(await detect({ health: "/up", check }, address, page)).toEqual({ ...none, health: "/up", check });
        await checkRequest(address, check);
        await expect(checkRequest(address, { ...check, text: "4" })).rejects.toThrow('the answer to GET /sum?of=1,2 does not contain "4"');
        const end = once(app, "exit");
        app.kill("SIGTERM");
        expect((await end)[0]).toBe(0);
    });
});

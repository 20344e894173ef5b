import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

describe("npm run dev", () => {
    let stop: () => Promise<void> = async () => {};
    afterAll(() => stop());

    it("starts the app with all that it needs, and says where", { timeout: 120_000 }, async () => {
        const server = createServer().listen(0);
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        await new Promise((resolve) => server.close(resolve));
        const child = spawn("npm", ["run", "dev"], { cwd: join(__dirname, "..", "..", "app"), env: { ...process.env, PORT: String(port) }, detached: true });
        const exit = once(child, "exit");
        stop = async () => {
            process.kill(-child.pid!, "SIGTERM");
            await exit;
        };
        let output = "";
        for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
        while (!output.includes("Log in as dev:ada")) {
            if (child.exitCode !== null) throw new Error(output);
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        expect(output).toContain(`http://localhost:${port}\n`);

        const url = `http://127.0.0.1:${port}`;
        const post = (path: string, body: object, token?: string) =>
            fetch(url + path, { method: "POST", headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) });
        const { token } = (await (await post("/api/auth/login", { code: "dev:ada" })).json()) as { token: string };
        const answer = await (await post("/api/chat", { message: "Hello" }, token)).text();
        expect(answer).toContain("event: reasoning");
        expect(answer.trim().endsWith("data: [DONE]")).toBe(true);
        expect(await (await fetch(`${url}/page.js`)).text()).toContain("/api/chat");
    });
});

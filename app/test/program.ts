import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "./mongod";
import { App, until } from "./world";

const ROOT = join(__dirname, "..");

/** The service as a process of its own: what a signal does to it can only be seen from outside. */
export class Program {
    output = "";
    readonly exit: Promise<unknown[]>;

    private constructor(readonly child: ChildProcess, readonly app: App) {
        this.exit = once(child, "exit");
        for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (this.output += text));
    }

    static async start(env: Record<string, string>): Promise<Program> {
        const port = await freePort();
        const child = spawn(process.execPath, ["--import", "tsx", "main.ts"], { cwd: ROOT, env: { PATH: process.env.PATH, ...env, PORT: String(port) }, stdio: "pipe" });
        let people = 0;
        const program = new Program(child, new App({ port } as never, () => `user:program-${port}-${(people += 1)}`));
        return program;
    }

    async healthy(): Promise<Program> {
        await until(() => this.app.get("/api/health").then(({ status }) => status === 200, () => false));
        return this;
    }
}

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll } from "vitest";
import { freePort } from "./mongod";
import { App, until } from "./world";

const ROOT = join(__dirname, "..");
/** Inside of the package, so that it finds the libraries. */
const BUNDLE = join(ROOT, "dist", `program-${process.pid}.js`);

let bundled: Promise<unknown> | undefined;

// A process that compiles as it starts takes several times as long, and some tests start many.
const bundle = () => (bundled ??= build({ entryPoints: [join(ROOT, "main.ts")], outfile: BUNDLE, bundle: true, platform: "node", packages: "external", sourcemap: "inline" }));

afterAll(() => rmSync(BUNDLE, { force: true }));

/** The service as a process of its own: what a signal does to it can only be seen from outside. */
export class Program {
    output = "";
    readonly exit: Promise<unknown[]>;

    private constructor(readonly child: ChildProcess, readonly app: App) {
        this.exit = once(child, "exit");
        for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (this.output += text));
    }

    static async start(env: Record<string, string>): Promise<Program> {
        const [port] = [await freePort(), await bundle()];
        const child = spawn(process.execPath, ["--enable-source-maps", BUNDLE], { cwd: ROOT, env: { PATH: process.env.PATH, ...env, PORT: String(port) }, stdio: "pipe" });
        let people = 0;
        return new Program(child, new App({ port } as never, () => `user:program-${port}-${(people += 1)}`));
    }

    async healthy(): Promise<Program> {
        await until(() => this.app.get("/api/health").then(({ status }) => status === 200, () => false));
        return this;
    }

    /** With its database. */
    async ready(): Promise<Program> {
        await until(() => this.app.get("/api/health").then(async (response) => ((await response.json()) as { database: string }).database === "ok", () => false));
        return this;
    }
}

import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { render } from "../gateway/render";
import type { GatewayState, Layout, Site } from "../gateway/state";
import { authority } from "./authority";
import { scratch } from "./scratch";
import { freePorts, until } from "./until";

export const nginx = ["nginx", "/usr/sbin/nginx"].find((path) => spawnSync(path, ["-v"]).status === 0);
const run = promisify(execFile);

/** A real nginx in a directory of its own, run by the rendered configuration. */
export class Nginx {
    readonly folder = scratch();
    readonly layout: Layout;
    /** How many files it may open unless it asks for more, as its container is given them; what this process has, when left out. */
    softFiles?: number;
    private process?: ChildProcess;

    private constructor(ports: [number, number], outside: Partial<Layout>) {
        const [httpPort, httpsPort] = ports;
        this.layout = {
            shared: this.folder, run: this.folder, httpPort, httpsPort, peerHttpPort: 80, resolver: "127.0.0.1:1",
            trust: "/etc/ssl/certs/ca-certificates.crt", accessLog: join(this.folder, "access.log"),
            errorLog: join(this.folder, "error.log"), ...outside,
        };
        // The workers are another user than the master, and need the way to sockets and challenges.
        chmodSync(this.folder, 0o755);
        mkdirSync(join(this.folder, "acme"), { mode: 0o755 });
    }

    static async make(outside: Partial<Layout> = {}, ports?: [number, number]): Promise<Nginx> {
        return new Nginx(ports ?? ((await freePorts(2)) as [number, number]), outside);
    }

    get conf(): string {
        return join(this.folder, "nginx.conf");
    }

    file(name: string, text: string): string {
        const path = join(this.folder, name);
        writeFileSync(path, text, { mode: 0o600 });
        return path;
    }

    /** What `nginx -t` says; empty when it is content. */
    async test(state: GatewayState): Promise<string> {
        const path = this.file("next.conf", render(state, this.layout));
        return run(nginx!, ["-t", "-q", "-c", path, "-e", "stderr"]).then(() => "", (fault: Error) => fault.message);
    }

    serve(state: GatewayState): Promise<void> {
        return this.serveText(render(state, this.layout));
    }

    async serveText(text: string): Promise<void> {
        this.file("nginx.conf", text);
        if (this.process !== undefined) return this.reload();
        const limit = this.softFiles === undefined ? "" : `ulimit -Sn ${this.softFiles} && `;
        this.process = spawn("sh", ["-c", `${limit}exec "$@"`, "sh", nginx!, "-c", this.conf, "-e", "stderr", "-g", "daemon off;"], { stdio: "ignore" });
        // It listens before it writes the file by which a reload finds it.
        await until(async () => existsSync(`${this.layout.run}/nginx.pid`) && (await this.answers()), "nginx listens");
    }

    /** Done when no worker of before takes connections: their titles say so. */
    async reload(): Promise<void> {
        const before = this.workers();
        await run(nginx!, ["-c", this.conf, "-e", "stderr", "-s", "reload"]);
        await until(() => before.every((worker) => /shutting down|^$/.test(title(worker))), "the old workers shut down");
    }

    workers(): string[] {
        const children = `/proc/${this.process!.pid}/task/${this.process!.pid}/children`;
        return readFileSync(children, "utf8").split(" ").filter(Boolean);
    }

    accesses(): Record<string, string>[] {
        return readFileSync(this.layout.accessLog, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
    }

    private answers(): Promise<boolean> {
        return new Promise((resolve) => {
            const socket = connect(this.layout.httpPort, "127.0.0.1", () => resolve(socket.destroy() && true));
            socket.on("error", () => resolve(false));
        });
    }

    async stop(): Promise<void> {
        const { process } = this;
        if (process !== undefined && process.exitCode === null) {
            const gone = new Promise((resolve) => process.once("exit", resolve));
            process.kill("SIGTERM");
            await gone;
        }
    }
}

/** A gateway with a certificate for one name, of an authority that its visitors trust. */
export async function gatewayOf(name: string): Promise<{ gateway: Nginx; site: Site }> {
    const ca = await authority();
    const gateway = await Nginx.make();
    gateway.layout.trust = gateway.file("trust.pem", ca.pem);
    return { gateway, site: { name, certificate: gateway.file("site.pem", await ca.issue(name)) } };
}

function title(pid: string): string {
    try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", "");
    } catch {
        return "";
    }
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { render } from "../../pilot/gateway/render";
import type { GatewayState, Layout } from "../../pilot/gateway/state";
import { freePort } from "../../system/port";
import { until } from "../../system/until";
import { pss } from "../program";

/** Docker 29 gives a container so many files, until it asks for more. */
export const SOFT_FILES = 1_024;

/** The gateway's nginx as its container runs it, with the pilot's configuration. */
export class Gateway {
    private constructor(private readonly process: ChildProcess, readonly port: number) {}

    static async start(folder: string, state: GatewayState, outside: Pick<Layout, "trust" | "resolver">): Promise<Gateway> {
        mkdirSync(folder, { mode: 0o755 });
        const [httpPort, httpsPort] = [await freePort(), await freePort()];
        const layout: Layout = { shared: folder, run: folder, httpPort, httpsPort, peerHttpPort: 80, accessLog: "/dev/null", errorLog: join(folder, "error.log"), ...outside };
        const file = join(folder, "nginx.conf");
        writeFileSync(file, render(state, layout));
        const child = spawn("sh", ["-c", `ulimit -Sn ${SOFT_FILES} && exec nginx -c "$0" -e stderr -g "daemon off;"`, file], { stdio: "ignore" });
        const gateway = new Gateway(child, httpsPort);
        await until(() => (gateway.workers().length > 0 ? true : undefined), 10_000);
        return gateway;
    }

    /** Bytes of all its processes; what they share counts once. */
    memory(): number {
        return [this.process.pid!, ...this.workers()].reduce((sum, pid) => sum + pss(pid), 0);
    }

    async stop(): Promise<void> {
        const exit = once(this.process, "exit");
        this.process.kill("SIGTERM");
        await exit;
    }

    private workers(): number[] {
        return readFileSync(`/proc/${this.process.pid}/task/${this.process.pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    }
}

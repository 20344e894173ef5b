import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { MongoClient, type MongoClientOptions } from "mongodb";
import { scratch } from "./scratch";

const FINDER = join(__dirname, "../../tools/mongod/find.mjs");

/** A real mongod on a free port, with a folder of its own; it can be killed and started again on the same data. */
export class Mongod {
    private child: ChildProcess | undefined;

    private constructor(
        private readonly binary: string,
        readonly port: number,
        private readonly folder: string,
    ) {}

    static async start(): Promise<Mongod> {
        const { stdout } = await promisify(execFile)(process.execPath, [FINDER]);
        const mongod = new Mongod(stdout.trim(), await freePort(), scratch());
        await mongod.run();
        return mongod;
    }

    get uri(): string {
        return `mongodb://127.0.0.1:${this.port}/aiagent`;
    }

    /**
     * Starts it, on the data that is there.
     * @param more arguments of mongod
     * @param options how to look whether it answers
     */
    async run(more: string[] = [], options: MongoClientOptions = {}): Promise<void> {
        const args = ["--dbpath", this.folder, "--port", String(this.port), "--bind_ip", "127.0.0.1", "--nounixsocket", "--wiredTigerCacheSizeGB", "0.25", "--quiet", ...more];
        this.child = spawn(this.binary, args, { stdio: "ignore" });
        const client = await MongoClient.connect(this.uri, { serverSelectionTimeoutMS: 60_000, ...options });
        await client.close();
    }

    /** As a power cut would. */
    async kill(): Promise<void> {
        const { child } = this;
        this.child = undefined;
        if (!child || child.exitCode !== null) return;
        const exit = once(child, "exit");
        child.kill("SIGKILL");
        await exit;
    }

    stop(): Promise<void> {
        return this.kill();
    }
}

export async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    return port;
}

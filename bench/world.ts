import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { run } from "../cli/run";
import { project } from "../cli/paths";
import { Fault } from "../errors/fault";
import { freePort } from "../system/port";
import { Client } from "./client";
import { Program } from "./program";

/** The first core is the subject's, so that it has all of one and never more; whatever else is needed shares the others. */
export const cores = { subject: "0", others: `1-${Math.max(1, cpus().length - 1)}` };

/** What a measurement takes place in: a model service, a database, a load client, and lines to the database. */
export class World {
    private constructor(
        readonly binary: string,
        readonly model: Program,
        readonly client: Client,
        readonly mongod: Program,
        private readonly folder: string,
    ) {}

    /** @param binary of bench/instruments */
    static async start(binary: string): Promise<World> {
        const folder = mkdtempSync(join(tmpdir(), "antipode-bench-"));
        const [mongod, model, client] = await Promise.all([
            startMongod(folder),
            Program.start({ name: "model service", words: [binary, "model"], cores: cores.others }),
            Client.start(binary, cores.others),
        ]);
        return new World(binary, model, client, mongod, folder);
    }

    get modelUrl(): string {
        return `http://127.0.0.1:${this.model.port}/api/v3`;
    }

    /** The database, by a line that is late by so many milliseconds each way. */
    async databaseUri(delayMs: number): Promise<string> {
        const link = await Program.start({ name: "line", words: [this.binary, "link", `127.0.0.1:${this.mongod.port}`, `${delayMs}ms`], cores: cores.others });
        return uriOf(link.port);
    }

    get nearDatabase(): string {
        return uriOf(this.mongod.port);
    }

    /** A new empty folder that goes with the world. */
    scratch(): string {
        return mkdtempSync(join(this.folder, "of-"));
    }

    async stop(): Promise<void> {
        await Program.stopAll();
        rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    }
}

const uriOf = (port: number) => `mongodb://127.0.0.1:${port}/aiagent`;

async function startMongod(folder: string): Promise<Program> {
    const found = await run(process.execPath, [join(project, "tools", "mongod", "find.mjs")]);
    if (found.code !== 0) throw new Fault("MONGOD_MISSING", { reason: found.stderr });
    const port = await freePort();
    const words = [found.stdout, "--dbpath", mkdtempSync(join(folder, "data-")), "--port", String(port), "--bind_ip", "127.0.0.1", "--nounixsocket", "--wiredTigerCacheSizeGB", "0.5", "--quiet"];
    return Program.start({ name: "mongod", words, cores: cores.others, port, ready: accepts });
}

async function accepts(port: number): Promise<boolean> {
    const socket = connect(port, "127.0.0.1");
    try {
        await once(socket, "connect");
        return true;
    } finally {
        socket.destroy();
    }
}

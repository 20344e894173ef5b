import { spawn, type ChildProcessByStdio } from "node:child_process";
import { Agent } from "node:http";
import { Duplex, type Readable, type Writable } from "node:stream";

/** sshd's MaxSessions is 10 and its MaxStartups begins to refuse at 10: stay far below, for every stack together. */
const MAX_SOCKETS = 3;
/** An unused connection is one ssh process; several requests of one resource come well within this. */
const IDLE_MS = 5_000;
/** As much of ssh's complaint as a person reads. */
const STDERR_CHARS = 2_000;

/** HTTP connections that are ssh processes running `docker system dial-stdio`, kept a few seconds for the next request. */
export class SshAgent extends Agent {
    private readonly open = new Set<DialStdio>();

    constructor(private readonly command: string[], idleMs = IDLE_MS) {
        super({ keepAlive: true, maxSockets: MAX_SOCKETS, maxFreeSockets: MAX_SOCKETS, timeout: idleMs, scheduling: "lifo" });
    }

    /** Node's own hook: gives the agent a stream to speak HTTP over. */
    override createConnection(): Duplex {
        const socket = new DialStdio(this.command);
        this.open.add(socket);
        socket.once("close", () => this.open.delete(socket));
        return socket;
    }

    /** Ends every connection, also those in use; resolves when no child is left. */
    async close(): Promise<void> {
        this.destroy();
        await Promise.all([...this.open].map((socket) => socket.finish()));
    }
}

/** One ssh process as a socket. */
class DialStdio extends Duplex {
    /** Read by http.Agent. */
    timeout = 0;
    private timer?: NodeJS.Timeout;
    private stderr = "";
    private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
    private readonly exited: Promise<void>;

    constructor(private readonly command: string[]) {
        super();
        const [file = "ssh", ...args] = command;
        this.child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"] });
        this.exited = new Promise((resolve) => this.child.once("close", resolve).once("error", resolve));
        this.child.stderr.on("data", (chunk) => (this.stderr = (this.stderr + chunk).slice(-STDERR_CHARS)));
        this.child.stdout.on("data", (chunk) => (this.touch(), this.push(chunk) || this.child.stdout.pause()));
        this.child.once("error", (error) => this.destroy(new Error(`error during connect: command [${command.join(" ")}]: ${error.message}`)));
        this.child.once("close", (code, signal) => this.ended(code, signal));
        // Its end comes with the child's, and then with ssh's own words instead of EPIPE.
        this.child.stdin.on("error", () => undefined);
    }

    /** Ends the child and waits for it. */
    async finish(): Promise<void> {
        this.destroy();
        await this.exited;
    }

    override _read(): void {
        this.child.stdout.resume();
    }

    override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
        this.touch();
        this.child.stdin.write(chunk, () => done());
    }

    override _final(done: () => void): void {
        this.child.stdin.end(() => done());
    }

    override _destroy(error: Error | null, done: (error: Error | null) => void): void {
        clearTimeout(this.timer);
        this.child.kill("SIGTERM");
        done(error);
    }

    setTimeout(ms: number, callback?: () => void): this {
        this.timeout = ms;
        if (callback && ms === 0) this.removeListener("timeout", callback);
        else if (callback && !this.listeners("timeout").includes(callback)) this.once("timeout", callback);
        this.touch();
        return this;
    }

    setKeepAlive(): this {
        return this;
    }

    setNoDelay(): this {
        return this;
    }

    ref(): this {
        return this;
    }

    unref(): this {
        return this;
    }

    private touch(): void {
        clearTimeout(this.timer);
        if (this.timeout > 0) this.timer = setTimeout(() => this.emit("timeout"), this.timeout).unref();
    }

    private ended(code: number | null, signal: NodeJS.Signals | null): void {
        if (code === 0 || this.destroyed) {
            this.push(null);
            return;
        }
        const how = code === null ? `signal: ${signal}` : `exit status ${code}`;
        this.destroy(new Error(`error during connect: command [${this.command.join(" ")}] has exited with ${how}, please make sure the URL is valid, `
            + `and Docker 18.09 or later is installed on the remote host: stderr=${this.stderr.trim()}`));
    }
}

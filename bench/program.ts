import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { attend, interruption, throwIfInterrupted } from "../cli/interruption";
import { Fault } from "../errors/fault";

export interface Start {
    name: string;
    words: string[];
    env?: Record<string, string>;
    /** The cores that it may run on, as taskset takes them; all when left out. */
    cores?: string;
    /** Told on stdout as `listening <port>`, unless the port is known and `ready` looks whether it is served. */
    port?: number;
    ready?: (port: number) => Promise<boolean>;
}

const START_MS = 60_000;
const SETTLE_MS = 8_000;
/** How much two looks at a memory that has settled differ, as a share. */
const SETTLED = 0.002;
const LOG_CHARS = 4_000;

/** A program that is measured, or that a measurement needs. */
export class Program {
    port = 0;
    private said = "";

    private static readonly running = new Set<Program>();

    private constructor(readonly name: string, readonly child: ChildProcess) {
        Program.running.add(this);
        child.stderr!.setEncoding("utf8").on("data", (text: string) => (this.said = (this.said + text).slice(-LOG_CHARS)));
    }

    /** Starts it and waits until it listens. Throws BENCH_PROGRAM_FAILED. */
    static async start({ name, words, env, cores, port, ready }: Start): Promise<Program> {
        throwIfInterrupted();
        const [command, ...args] = cores === undefined ? words : ["taskset", "-c", cores, ...words];
        const child = spawn(command!, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
        attend(child);
        const program = new Program(name, child);
        const failed = async (what: string, when: Promise<unknown>): Promise<never> => {
            await when;
            throw program.fault(what);
        };
        const gone = failed("it ended", once(child, "exit"));
        const late = failed("it was not ready in time", pause(START_MS, undefined, { ref: false }));
        for (const failure of [gone, late]) failure.catch(() => undefined);
        program.port = await Promise.race([port ? served(port, ready!) : announced(child), gone, late]);
        if (port) child.stdout!.resume();
        return program;
    }

    get pid(): number {
        return this.child.pid!;
    }

    /** What it holds once it has collected its garbage and no longer changes, in bytes: its own memory and its share of what it shares. */
    async memory(): Promise<number> {
        const deadline = Date.now() + SETTLE_MS;
        this.child.kill("SIGUSR2");
        let last = 0;
        for (let same = 0; same < 3 && Date.now() < deadline; ) {
            await pause(250);
            const now = pss(this.pid);
            same = Math.abs(now - last) <= now * SETTLED ? same + 1 : 0;
            last = now;
        }
        return last;
    }

    /** Ends whatever was started and not stopped. */
    static async stopAll(): Promise<void> {
        await Promise.all([...Program.running].map((program) => program.stop()));
    }

    async stop(): Promise<void> {
        Program.running.delete(this);
        if (this.child.exitCode !== null || this.child.signalCode !== null) return;
        const exit = once(this.child, "exit");
        this.child.kill("SIGKILL");
        await exit;
    }

    fault(what: string): unknown {
        return interruption.aborted ? interruption.reason : new Fault("BENCH_PROGRAM_FAILED", { name: this.name, what, log: this.said.trim() || "it wrote nothing to stderr" });
    }
}

async function announced(child: ChildProcess): Promise<number> {
    for await (const line of createInterface({ input: child.stdout! })) {
        const found = /^listening (\d+)$/.exec(line);
        if (found) {
            child.stdout!.resume();
            return Number(found[1]);
        }
    }
    return new Promise(() => undefined);
}

async function served(port: number, ready: (port: number) => Promise<boolean>): Promise<number> {
    while (!(await ready(port).catch(() => false))) await pause(100);
    return port;
}

/** Bytes of a process: what it has to itself, and of shared pages its part. */
export function pss(pid: number): number {
    return Number(/^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))![1]) * 1024;
}

import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { throwIfInterrupted } from "../cli/interruption";
import { Program } from "./program";

/** What is asked of a subject. `{n}` in `user` is the number of the stream in its group. */
export interface Request { method: string; port: number; path: string; body: string; user: string; secret: string; tokens: number }

export interface Opening extends Request { count: number; perSecond: number; again?: boolean }

/** See bench/instruments/client.go. */
export interface Counted {
    opened: number; answered: number; open: number; done: number; lost: number; refused: number; misordered: number;
    tokens: number; bytes: number;
    /** Milliseconds from the model to here, of the tokens since the last count. */
    latency: { p50: number; p90: number; p95: number; p99: number; max: number };
    cpuNanos: number; atNanos: number; complaint: string;
    /** Of the last stream that was answered by the app. */
    streamId: string;
}

export interface Turned {
    status: number; firstByteMs: number; firstTokenMs: number; endedMs: number;
    sessionId: string; messageId: string; streamId: string; history: string; tokens: number; complaint: string;
}

/** The load client: one process for all streams of a measurement. */
export class Client {
    private waiting: { resolve: (answer: unknown) => void; reject: (error: unknown) => void }[] = [];

    private constructor(readonly program: Program) {
        createInterface({ input: program.child.stdout! }).on("line", (line) => this.waiting.shift()?.resolve(JSON.parse(line)));
        program.child.once("exit", () => {
            for (const { reject } of this.waiting.splice(0)) reject(program.fault("it ended"));
        });
    }

    static async start(binary: string, cores?: string): Promise<Client> {
        return new Client(await Program.start({ name: "load client", words: [binary, "client"], cores, port: 1, ready: async () => true }));
    }

    open(group: string, opening: Opening): Promise<unknown> {
        return this.ask({ do: "open", group, ...opening });
    }

    count(group: string, pid?: number): Promise<Counted> {
        return this.ask({ do: "count", group, pid }) as Promise<Counted>;
    }

    close(group: string): Promise<unknown> {
        return this.ask({ do: "close", group });
    }

    turn(request: Request): Promise<Turned> {
        return this.ask({ do: "turn", ...request }) as Promise<Turned>;
    }

    /** Counts until the condition holds or the time is over; gives the last count. */
    async until(group: string, ms: number, condition: (counted: Counted) => boolean): Promise<Counted> {
        for (const deadline = Date.now() + ms; ; await pause(100)) {
            const counted = await this.count(group);
            if (condition(counted) || Date.now() > deadline) return counted;
        }
    }

    private ask(command: object): Promise<unknown> {
        throwIfInterrupted();
        this.program.child.stdin!.write(`${JSON.stringify(command)}\n`);
        return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
    }
}

/** Gives the count on when all streams have begun. Throws BENCH_PROGRAM_FAILED in the program's name. */
export function allAnswered(program: Program, counted: Counted, streams: number): Counted {
    if (counted.answered < streams) throw program.fault(`of ${streams} streams ${counted.answered} were answered: ${counted.complaint || "the others wait"}`);
    return counted;
}

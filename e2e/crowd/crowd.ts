import { spawn, type ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { home } from "../../pocket/home";
import { project } from "../pocket";
import type { Turn } from "./turn";

/** Each user holds so many turns, one after another, all users at the same time. Every message begins with `run`. */
export interface Order { run: string; origin: string; tokens: string[]; turns: number; patienceMs: number }

/** `streaming`: a user got his third piece of an answer. */
export type Told = { told: "streaming"; user: number } | { told: "turn"; user: number; end: string } | { told: "all"; turns: Turn[][] };

/** Users in a place, who chat over real sockets from a process in its network. */
export class Crowd {
    /** How many answers are at least three pieces long, and how many turns are over, by how they ended. */
    streaming = 0;
    readonly ended: Record<string, number> = {};
    private readonly reports = new EventEmitter<{ all: [Turn[][]] }>();
    private readonly process: ChildProcess;

    constructor(place: string) {
        const words = ["netns", "exec", `ap-visit-${place}`, process.execPath, "--require", "tsx/cjs", join(__dirname, "main.ts")];
        this.process = spawn("ip", words, { cwd: project, env: { ...process.env, NODE_EXTRA_CA_CERTS: join(home.ca, "bundle.pem") }, stdio: ["pipe", "pipe", "inherit"] });
        createInterface({ input: this.process.stdout! }).on("line", (line) => this.hear(JSON.parse(line) as Told));
    }

    /** How many turns are over, however they ended. */
    get turns(): number {
        return Object.values(this.ended).reduce((sum, count) => sum + count, 0);
    }

    /** Resolves to all turns of each user so far, when the last is over. */
    async hold(order: Order): Promise<Turn[][]> {
        const report = once(this.reports, "all");
        this.process.stdin!.write(`${JSON.stringify(order)}\n`);
        return ((await report) as [Turn[][]])[0];
    }

    /** The process ends with its input. */
    leave(): void {
        this.process.stdin!.end();
    }

    private hear(told: Told): void {
        if (told.told === "all") this.reports.emit("all", told.turns);
        else if (told.told === "streaming") this.streaming++;
        else this.ended[told.end] = (this.ended[told.end] ?? 0) + 1;
    }
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { goProgram } from "../../bench/go-program";
import { home } from "../../pocket/home";
import type { Place } from "../../pocket/model";
import { placeOf } from "../../pocket/network/world";
import { project } from "../pocket";

const RESETS_PER_SECOND = 30;
/** Seconds that h2spec waits for what it expects: it has some 150 cases. */
const PATIENCE_SECONDS = 1;

/** Two clients that break rules: a conformance tool for HTTP/2, and one that resets its streams. Both come from the address of their place. */
export class Hostile {
    private readonly running = new Set<ChildProcess>();
    private stopped = false;
    private runs = 0;

    private constructor(private readonly place: Place) {}

    static async begin(place: Place, host: string): Promise<Hostile> {
        const h2spec = await goProgram({ name: "h2spec", folder: join(__dirname, "h2spec"), package: "github.com/summerwind/h2spec/cmd/h2spec", go: "1.24" });
        const hostile = new Hostile(place);
        void hostile.repeat(h2spec, ["--tls", "--insecure", "--host", host, "--port", "443", "--timeout", String(PATIENCE_SECONDS)]);
        hostile.start(process.execPath, ["--import", "tsx", join(__dirname, "resets.ts"), `https://${host}`, String(RESETS_PER_SECOND)]);
        return hostile;
    }

    /** Both go. Tells how often the conformance tool came to its end, and how many of the clients had gone by themselves. */
    leave(): { runs: number; gone: number } {
        this.stopped = true;
        const gone = [...this.running].filter(({ exitCode }) => exitCode !== null).length;
        for (const child of this.running) child.kill();
        return { runs: this.runs, gone };
    }

    private async repeat(program: string, words: string[]): Promise<void> {
        while (!this.stopped) {
            const child = this.start(program, words);
            // 1 if a case failed. nginx does not pass all of them.
            const [code] = (await once(child, "exit")) as [number | null];
            this.running.delete(child);
            if (code === 0 || code === 1) this.runs += 1;
            await pause(1_000);
        }
    }

    private start(program: string, words: string[]): ChildProcess {
        const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(home.ca, "bundle.pem") };
        const child = spawn("ip", ["netns", "exec", placeOf(this.place).namespace, program, ...words], { cwd: project, env, stdio: ["ignore", "ignore", "inherit"] });
        this.running.add(child);
        return child;
    }
}

import { spawn } from "node:child_process";
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startOf } from "../system/identity";
import { writeWhole } from "../system/whole";
import { until } from "./until";

export interface Command { name: string; file: string; args: string[]; env?: NodeJS.ProcessEnv; cwd?: string }

/** Writes its own pid file before it becomes the program: should the daemon be killed right now, the next one knows of it. */
const noted = `echo "$$ $(cut -d' ' -f22 /proc/$$/stat)" >"$0.$$.next" && mv "$0.$$.next" "$0" && exec "$@"`;

/**
 * A program that outlives the daemon: started in a session of its own, known by a pid file, found again by the next
 * daemon. Two with the same name never run at once.
 */
export class Process {
    constructor(private readonly folder: string, readonly command: Command) {
        mkdirSync(folder, { recursive: true });
    }

    /** Its process id while it runs. A pid that another program has taken over since does not count. */
    pid(): number | undefined {
        if (!existsSync(this.pidFile)) return undefined;
        const [pid, started] = readFileSync(this.pidFile, "utf8").trim().split(" ");
        return started !== undefined && startOf(Number(pid)) === started ? Number(pid) : undefined;
    }

    /** Whether it runs, and with the very words of this command. */
    isAsOrdered(): boolean {
        const pid = this.pid();
        return pid !== undefined && readFileSync(`/proc/${pid}/cmdline`, "utf8") === [this.command.file, ...this.command.args, ""].join("\0");
    }

    start(): void {
        if (this.pid() !== undefined) return;
        const { file, args, env = process.env, cwd = "/" } = this.command;
        const log = openSync(this.log, "a", 0o600);
        const child = spawn("/bin/sh", ["-c", noted, this.pidFile, file, ...args], { detached: true, stdio: ["ignore", log, log], env, cwd });
        child.on("error", (error) => appendFileSync(this.log, `${error.message}\n`)); // whoever waits for it shows the log
        if (child.pid) writeWhole(this.pidFile, `${child.pid} ${startOf(child.pid)}`); // the same, for whoever asks at once
        closeSync(log);
        child.unref();
    }

    /** Asks it to end, and after 20 s ends it with its whole group. */
    async stop(): Promise<void> {
        const pid = this.pid();
        if (pid !== undefined) {
            process.kill(pid, "SIGTERM");
            await until(() => this.pid() === undefined, { seconds: 20 }).catch(() => process.kill(-pid, "SIGKILL"));
        }
        rmSync(this.pidFile, { force: true });
    }

    /** The last lines that it printed. */
    tail(lines = 10): string {
        return existsSync(this.log) ? readFileSync(this.log, "utf8").trimEnd().split("\n").slice(-lines).join("\n") : "";
    }

    get log(): string {
        return join(this.folder, `${this.command.name}.log`);
    }

    private get pidFile(): string {
        return join(this.folder, `${this.command.name}.pid`);
    }
}

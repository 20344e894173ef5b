import { Fault } from "../../errors/fault";
import { home } from "../../pocket/home";
import { pocketSettings, project } from "../paths";
import { handOver, run, type Outcome } from "../run";
import { Account, parseEvent } from "./events";
import type { Stack } from "./names";

/** A stack as `pulumi stack export` gives it, as far as it is read. */
export interface Deployment {
    version: number;
    deployment: { resources?: { urn: string; type: string; id?: string; custom?: boolean }[]; pending_operations?: unknown[] };
}

/** Pulumi's own command line, on the pocket cloud. */
export class Pulumi {
    constructor(private readonly executable: string, readonly environment: NodeJS.ProcessEnv) {}

    /** The same with more variables. */
    with(variables: Record<string, string>): Pulumi {
        return new Pulumi(this.executable, { ...this.environment, ...variables });
    }

    /** Runs it quietly. Throws PULUMI_FAILED with what it wrote. */
    async run(args: string[], options: { input?: string; cwd?: string } = {}): Promise<Outcome> {
        const outcome = await run(this.executable, [...args, "--non-interactive"], { cwd: project, env: this.environment, ...options });
        if (outcome.code !== 0) throw new Fault("PULUMI_FAILED", { command: args.slice(0, 2).join(" "), log: outcome.stderr || outcome.stdout });
        return outcome;
    }

    async json<T>(args: string[]): Promise<T> {
        return JSON.parse((await this.run([...args, "--json"])).stdout) as T;
    }

    /**
     * Runs an operation on a stack and follows its events. Gives its account; throws STACK_FAILED with the engine's errors.
     * `onProgress` gets what is being done, and a line to keep when there is one.
     */
    async operate(operation: "up" | "preview" | "refresh" | "destroy", stack: Stack, args: string[], onProgress: (now: string, line?: string) => void): Promise<Account> {
        const account = new Account();
        const strange: string[] = [];
        const command = [operation, "--stack", stack, "--config-file", pocketSettings(stack), "--json", "--non-interactive", ...args];
        const onLine = (text: string) => {
            const event = parseEvent(text);
            if (!event) return void (text.trim() && strange.push(text));
            const line = account.add(event);
            onProgress(account.headline(), line);
        };
        // Without it `preview --json` is silent until its end.
        const env = { ...this.environment, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
        const { code } = await run(this.executable, command, { cwd: project, env, onLine });
        if (code !== 0) throw new Fault("STACK_FAILED", { operation, stack, errors: told(account.errors, strange), log: home.log });
        return account;
    }

    /** Pulumi in the user's terminal, with his arguments; gives its exit status. */
    handOver(args: string[]): Promise<number> {
        return handOver(this.executable, args, { cwd: project, env: this.environment });
    }
}

/** The engine's errors; its closing "update failed" says nothing where a better one stands. */
function told(errors: string[], strange: string[]): string {
    const telling = errors.filter((error) => !/^(update|preview|destroy) failed$/.test(error));
    const lines = telling.length > 0 ? telling : [...errors, ...strange.slice(-10)];
    return lines.map((line) => `  ${line.replaceAll("\n", "\n  ")}`).join("\n");
}

import { duration } from "./duration";

/** Where progress is shown: a terminal, or a log. */
export interface Output { write(text: string): unknown; isTTY?: boolean; columns?: number }

export interface Step {
    /** Says what is being done at the moment. */
    note(text: string): void;
    /** A line that stays. */
    line(text: string): void;
    done(result?: string): void;
    failed(): void;
}

/** A log gets a sign of life this often; CI systems end a job that is silent for minutes. */
const heartbeatMs = 30_000;

/**
 * Shows steps with the time that each takes. A terminal sees one moving line, a log one line at the beginning and one at
 * the end of a step. It writes to stderr, for stdout belongs to what a command was asked for.
 */
export class Progress {
    constructor(private readonly output: Output = process.stderr, private readonly now: () => number = Date.now) {}

    step(title: string): Step {
        const { output } = this;
        const began = this.now();
        const moving = output.isTTY === true;
        let note = "";
        const elapsed = () => duration(this.now() - began);
        const draw = () => output.write(`\r\x1b[K${fit(running(title, note, elapsed()), output.columns ?? 80)}`);
        const clear = () => moving && output.write("\r\x1b[K");
        const timer = setInterval(moving ? draw : () => output.write(`${running(title, note, elapsed())}\n`), moving ? 200 : heartbeatMs);
        timer.unref();
        if (moving) draw();
        else output.write(`• ${title} …\n`);
        const end = (mark: string, result?: string) => {
            clearInterval(timer);
            clear();
            output.write(`${mark} ${title}${result ? `: ${result}` : ""}  (${elapsed()})\n`);
        };
        return {
            note(text) {
                note = text;
                if (moving) draw();
            },
            line(text) {
                clear();
                output.write(`${text}\n`);
                if (moving) draw();
            },
            done: (result) => end("✔", result),
            failed: () => end("✘"),
        };
    }

    /** Runs the work as one step; what it throws marks the step as failed and goes on to the caller. */
    async during<T>(title: string, work: (step: Step) => Promise<T>, result?: (value: T) => string): Promise<T> {
        const step = this.step(title);
        try {
            const value = await work(step);
            step.done(result?.(value));
            return value;
        } catch (error) {
            step.failed();
            throw error;
        }
    }
}

const running = (title: string, note: string, elapsed: string) => `• ${title}${note ? `: ${note}` : ""}  (${elapsed})`;

/** A line longer than the terminal would leave its first half behind at each redraw. */
export function fit(line: string, columns: number): string {
    return line.length < columns ? line : `${line.slice(0, columns - 2)}…`;
}

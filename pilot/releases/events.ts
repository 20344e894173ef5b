import { appendFile, mkdir, readFile, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type Past, pastOf } from "./recovery";
import type { Phase } from "./release";
import type { Figures, Verdict } from "./verdict";

/** One thing that happened to a release. */
export interface Event {
    /** ISO 8601. */
    time: string;
    release: string;
    version: string;
    phase: Phase;
    weight: number;
    what: string;
    who: string;
    verdict?: Verdict["is"];
    /** Of the window that it ended, or stands in; a source that was lost is left out. */
    figures?: { candidate?: Figures; stable?: Figures };
    /** The last lines of a version that never was healthy. */
    log?: string[];
}

/** Some 6,000 events; then the file is kept once more, and a new one begun. */
const MAX_BYTES = 4 * 1024 * 1024;

/** What happened, a JSON line each, in a file that outlives the pilot. */
export class EventLog {
    private writing: Promise<void> = Promise.resolve();
    private known?: Map<string, Past>;

    /** @param onEvent who else is told, at once */
    constructor(
        private readonly path: string,
        private readonly onFailure: (error: Error) => void,
        private readonly now: () => number = Date.now,
        private readonly onEvent: (event: Event) => void = () => undefined,
    ) {}

    /** In order, and behind the caller's back: a full disk does not stop a release. */
    write(what: Omit<Event, "time">): void {
        const event = { time: new Date(this.now()).toISOString(), ...what };
        this.onEvent(event);
        if (this.known) pastOf([event], this.known);
        const line = `${JSON.stringify(event)}\n`;
        this.writing = this.writing.then(() => this.append(line)).catch(this.onFailure);
    }

    /** Oldest first; of one release when its id, or its version, is given. */
    async read(of?: string): Promise<Event[]> {
        await this.writing;
        const texts = await Promise.all([`${this.path}.1`, this.path].map((path) => readFile(path, "utf8").catch(() => "")));
        const events = texts.join("").split("\n").flatMap((line) => parse(line) ?? []);
        return of === undefined ? events : events.filter(({ release, version }) => release === of || version === of);
    }

    /** What became of each version, as far as the events tell. */
    async past(): Promise<ReadonlyMap<string, Past>> {
        return (this.known ??= pastOf(await this.read()));
    }

    private async append(line: string): Promise<void> {
        await mkdir(dirname(this.path), { recursive: true });
        const { size } = await stat(this.path).catch(() => ({ size: 0 }));
        if (size + line.length > MAX_BYTES) await rename(this.path, `${this.path}.1`);
        await appendFile(this.path, line);
    }
}

/** A pilot that was killed may have left half a line. */
function parse(line: string): Event | undefined {
    try {
        return JSON.parse(line) as Event;
    } catch {
        return undefined;
    }
}

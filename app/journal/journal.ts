import { appendFile, mkdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { TurnEnd } from "../session/document";
import { JournalFile } from "./file";
import { readJournal, writeLine, type Held } from "./held";
import { Ledger, type Entry } from "./ledger";
import { Owner } from "./owner";

/** A file that has grown to this is left for a new one, and goes when all its turns are settled. */
const FILE_BYTES = 1024 * 1024;
const ADOPT_EVERY_MS = 30_000;
const ASIDE = "refused.jsonl";

/**
 * Turns on this machine's own disk, until the database has them: all of them while it is away, and with it there those
 * that begin before it has answered. Survives a kill of the instance: the next one on the machine takes its files over.
 */
export class Journal {
    /** Told when the last waiting turn of a session has come to the database. */
    onBroughtHome: (session: string) => void = () => {};
    /** Told when there is something more that waits. */
    onWaiting: () => void = () => {};
    /** Lines of adopted files that could not be read. */
    unreadable = 0;
    private readonly ledger = new Ledger();
    /**
     * What removes a file when none of its turns is held any more. Those of one dead instance go together: the newest
     * line of a turn that ended in the last may lack what stands in the first.
     */
    private readonly removals = new Map<string, () => Promise<unknown>>();
    private readonly homecoming = new Map<string, (() => void)[]>();
    private readonly adoption: NodeJS.Timeout;
    private file!: JournalFile;
    private opening: Promise<void> | undefined;

    private constructor(private readonly folder: string, private readonly owner: Owner, private readonly maxBytes: number) {
        this.adoption = setInterval(() => void this.adopt().catch(() => undefined), ADOPT_EVERY_MS);
        this.adoption.unref();
    }

    /**
     * @param maxBytes of turns that wait
     * @throws the error of the file system when the folder cannot be written to
     */
    static async open(folder: string, maxBytes: number): Promise<Journal> {
        await mkdir(folder, { recursive: true });
        const journal = new Journal(folder, await Owner.claim(folder), maxBytes);
        await journal.adopt();
        await journal.openFile();
        return journal;
    }

    /** Turns that wait for the database, and bytes that are held. */
    get stats(): { turns: number; bytes: number } {
        return { turns: this.ledger.waits, bytes: this.ledger.bytes };
    }

    get hasRoom(): boolean {
        return this.ledger.bytes < this.maxBytes;
    }

    all(): Held[] {
        return this.ledger.all();
    }

    find(turn: string): Held | undefined {
        return this.ledger.get(turn);
    }

    waiting(): Held[] {
        return this.ledger.waiting();
    }

    holds(session: string): boolean {
        return this.ledger.holds(session);
    }

    /** Settles when nothing of the session waits any more. */
    async broughtHome(session: string): Promise<void> {
        if (!this.holds(session)) return;
        await new Promise<void>((resolve) => this.homecoming.set(session, [...(this.homecoming.get(session) ?? []), resolve]));
    }

    /**
     * A turn has begun whose message is nowhere else; settles when it is on the disk.
     * @param waiting nobody else brings it to the database
     */
    async begun(held: Held, waiting: boolean): Promise<void> {
        await this.write({ ...held, waiting, file: "" });
    }

    /** A turn has begun whose message the database has: should this instance die, the next one knows that it was lost. */
    note(held: Held): void {
        this.ledger.put({ ...held, waiting: false, file: this.file.path });
        this.file.note(writeLine({ is: "held", held }));
    }

    /** A turn has ended, which the database does not know; settles when it is on the disk. */
    async ended(turn: string, end: TurnEnd): Promise<void> {
        const entry = this.ledger.get(turn);
        if (entry) await this.write({ ...entry, end, waiting: true });
    }

    /** Whoever was to bring the turn to the database has given up. */
    wait(turn: string): void {
        const entry = this.ledger.get(turn);
        if (!entry) return;
        this.ledger.put({ ...entry, waiting: true });
        this.onWaiting();
    }

    /** The database has the turn's message; its end may still come. */
    stored(turn: string): void {
        const entry = this.ledger.get(turn);
        if (!entry || entry.end) return;
        this.ledger.put({ ...entry, message: undefined, waiting: false });
        this.arrive(entry);
    }

    /** The database has all of the turn. */
    settled(turn: string): void {
        const entry = this.ledger.remove(turn);
        if (!entry) return;
        this.file.note(writeLine({ is: "settled", turn }));
        this.arrive(entry);
        // Turns that the database has from the first are only noted: they too fill a file.
        if (this.isFull) void this.rotate().then(() => this.tidy()).catch(() => undefined);
        else void this.tidy();
    }

    /** The database will not have the turn: it is kept in a file of its own, for a person to look at. */
    async putAside(turn: string): Promise<void> {
        const entry = this.ledger.get(turn);
        if (!entry) return;
        const { waiting: _, file: __, ...held } = entry;
        await appendFile(join(this.folder, ASIDE), writeLine({ is: "held", held }));
        this.settled(turn);
    }

    async close(): Promise<void> {
        clearInterval(this.adoption);
        await this.opening?.catch(() => undefined);
        await this.file.close();
        if (this.ledger.isEmpty(this.file.path)) await unlink(this.file.path).catch(() => undefined);
        await this.owner.leave();
    }

    private async adopt(): Promise<void> {
        const paths = await this.owner.adopt();
        if (paths.length === 0) return;
        // A turn may have begun in one file and ended in the next.
        const text = (await Promise.all(paths.map((path) => readFile(path, "utf8")))).join("\n");
        const { held, unreadable } = readJournal(text, new Date());
        this.unreadable += unreadable;
        this.removals.set(paths.at(-1)!, () => Promise.all(paths.map((path) => unlink(path))));
        for (const one of held) this.ledger.put({ ...one, waiting: true, file: paths.at(-1)! });
        await this.tidy();
        if (held.length > 0) this.onWaiting();
    }

    private async write(entry: Entry): Promise<void> {
        if (this.isFull) await this.rotate();
        const { waiting, file: _, ...held } = entry;
        const before = this.ledger.get(entry.turn);
        this.ledger.put({ ...entry, file: this.file.path });
        try {
            await this.file.write(writeLine({ is: "held", held }));
        } catch (error) {
            if (before) this.ledger.put(before);
            else this.ledger.remove(entry.turn);
            throw error;
        }
        if (waiting) this.onWaiting();
        void this.tidy();
    }

    private get isFull(): boolean {
        return this.file.bytes >= FILE_BYTES;
    }

    /** Leaves a file that has grown enough; those who come meanwhile wait for the same new one. */
    private rotate(): Promise<void> {
        return (this.opening ??= this.openFile().finally(() => (this.opening = undefined)));
    }

    private async openFile(): Promise<void> {
        const file = await JournalFile.create(this.owner.next());
        this.file = file;
        this.removals.set(file.path, () => file.remove());
    }

    private arrive({ session, waiting }: Entry): void {
        if (!waiting || this.holds(session)) return;
        this.onBroughtHome(session);
        for (const resolve of this.homecoming.get(session) ?? []) resolve();
        this.homecoming.delete(session);
    }

    /** Removes files that hold nothing any more, but for the one that is written to. */
    private async tidy(): Promise<void> {
        for (const [path, remove] of [...this.removals]) {
            if (path === this.file?.path || !this.ledger.isEmpty(path)) continue;
            this.removals.delete(path);
            await remove().catch(() => undefined);
        }
    }
}

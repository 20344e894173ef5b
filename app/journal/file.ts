import { open, unlink, type FileHandle } from "node:fs/promises";

/**
 * A file that only grows. Whoever writes is told when his text is on the disk; those who come while the disk is at work
 * share its next turn.
 */
export class JournalFile {
    private waiting: { text: string; done: () => void; failed: (error: unknown) => void }[] = [];
    private noted = "";
    private torn = false;
    private working: Promise<void> | undefined;
    bytes = 0;

    private constructor(readonly path: string, private readonly handle: FileHandle) {}

    static async create(path: string): Promise<JournalFile> {
        return new JournalFile(path, await open(path, "ax", 0o600));
    }

    /** Settles when the text is on the disk; rejects with the file system's error. */
    write(text: string): Promise<void> {
        return new Promise((done, failed) => {
            this.waiting.push({ text, done, failed });
            this.working ??= this.work();
        });
    }

    /** Hands it to the system soon, which a kill of this process does not undo; nobody waits for the disk. */
    note(text: string): void {
        this.noted += text;
        this.working ??= this.work();
    }

    async close(): Promise<void> {
        await this.working;
        await this.handle.close();
    }

    async remove(): Promise<void> {
        await this.working;
        await this.handle.close();
        await unlink(this.path);
    }

    private async work(): Promise<void> {
        // Those who come in the same moment are written together.
        await Promise.resolve();
        while (this.waiting.length > 0 || this.noted !== "") {
            const batch = this.waiting;
            // A write that failed may have left half a line behind.
            const noted = this.noted;
            const text = (this.torn ? "\n" : "") + noted + batch.map((one) => one.text).join("");
            this.waiting = [];
            try {
                await this.handle.appendFile(text);
                if (batch.length > 0) await this.handle.datasync();
                this.bytes += Buffer.byteLength(text);
                this.noted = this.noted.slice(noted.length);
                this.torn = false;
                for (const { done } of batch) done();
            } catch (error) {
                this.torn = true;
                // A note is worth no second attempt.
                this.noted = this.noted.slice(noted.length);
                for (const { failed } of batch) failed(error);
            }
        }
        this.working = undefined;
    }
}

import { accessOf, type Attempt, type Cut, cutOf } from "./gateway-log";

/** A line of the access log follows the error at once; the two arrive by different pipes. */
const PATIENCE_MS = 5_000;
/** More cuts than this never wait: each is a line of this machine's own gateway. */
const MOST_WAITING = 1_000;

/**
 * Reads both logs of the gateway. The error log tells of a cut and names the other end of the connection; if that is a
 * peer's gateway, only the access log knows the visitor. So a cut waits for the line of its connection.
 */
export class LogReader {
    private waiting: Cut[] = [];

    constructor(private readonly on: (attempt: Attempt) => void) {}

    access(line: string): void {
        const access = accessOf(line);
        if (!access) return;
        this.release(({ connection }) => connection === access.connection, access.visitor);
        this.release(({ at }) => at < access.at - PATIENCE_MS);
        access.attempts.forEach(this.on);
    }

    error(line: string): void {
        const cut = cutOf(line);
        if (!cut) return;
        this.waiting.push(cut);
        if (this.waiting.length > MOST_WAITING) this.end();
    }

    /** No more lines follow. */
    end(): void {
        this.release(() => true);
    }

    /** @param visitor the other end of the connection, if absent */
    private release(is: (cut: Cut) => boolean, visitor?: string): void {
        const due = this.waiting.filter(is);
        if (due.length === 0) return;
        this.waiting = this.waiting.filter((cut) => !is(cut));
        for (const { at, address, client } of due) this.on({ at, address, visitor: visitor ?? client, outcome: "cut" });
    }
}

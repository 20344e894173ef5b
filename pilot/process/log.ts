export type Level = "info" | "warn" | "error";
export type Log = (level: Level, message: string, particulars?: Record<string, unknown>) => void;

/** One JSON line an event, on standard output, as Docker's log readers want it. */
export function logTo(write: (line: string) => void, part: string): Log {
    return (level, message, particulars = {}) => {
        write(`${JSON.stringify({ time: new Date().toISOString(), level, part, message, ...particulars })}\n`);
    };
}

/** The sentence of anything that was thrown, with the cause that libraries like to hide one level down. */
export function sentence(thrown: unknown): string {
    if (!(thrown instanceof Error)) return String(thrown);
    const parts = thrown instanceof AggregateError ? thrown.errors.map(sentence) : [];
    const message = thrown.message || parts.join("; ") || thrown.name;
    return thrown.cause === undefined ? message : `${message}: ${sentence(thrown.cause)}`;
}

import type { StreamErrorCode } from "../errors/errors";
import type { Turn, TurnEnd } from "../session/document";

/** A turn whose beginning or end is not, or may not be, in the database. */
export interface Held {
    turn: string;
    session: string;
    user: string;
    /** Milliseconds since 1970. */
    at: number;
    /** The session began with this turn. */
    fresh: boolean;
    /** Left out where the database has it. */
    message?: string;
    end?: TurnEnd;
}

/** What is held of a turn, as it stands in its session. */
export const turnOf = ({ turn, at, message = "", end }: Held): Turn => ({ id: turn, message, at: new Date(at), ...end });

/**
 * A line of the journal. A turn is written whole as it begins and again as it ends, so that each line stands for itself
 * in whichever file it is; and once more when the database has all of it.
 */
export type Line = { is: "held"; held: Held } | { is: "settled"; turn: string };

/** How an answer ended that a killed instance was giving. */
export const LOST = "turn_lost" satisfies StreamErrorCode;

export const writeLine = (line: Line): string => `${JSON.stringify(line)}\n`;

/**
 * What a journal holds, in the order in which the turns began. A turn without an end was being answered when its instance died; what had come of
 * its answer died with it.
 * @param now when those turns are said to have ended
 * @returns also the number of lines that cannot be read: the last one may be torn, any other is a fault of the disk
 */
export function readJournal(text: string, now: Date): { held: Held[]; unreadable: number } {
    const held = new Map<string, Held>();
    let unreadable = 0;
    for (const raw of text.split("\n")) {
        if (raw === "") continue;
        const line = parse(raw);
        if (!line) unreadable += 1;
        else if (line.is === "settled") held.delete(line.turn);
        else held.set(line.held.turn, line.held);
    }
    for (const one of held.values()) {
        one.end = one.end ? { ...one.end, endedAt: new Date(one.end.endedAt) } : { reply: "", end: LOST, endedAt: now };
    }
    // A turn that ended in a later file than it began in stands behind those that began after it.
    return { held: [...held.values()].sort((a, b) => a.at - b.at), unreadable };
}

function parse(raw: string): Line | undefined {
    try {
        const line = JSON.parse(raw) as Line;
        return (line.is === "held" && typeof line.held.turn === "string") || line.is === "settled" ? line : undefined;
    } catch {
        return undefined;
    }
}

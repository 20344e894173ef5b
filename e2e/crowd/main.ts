/**
 * Many users at once, in the network of the place that this runs in. Orders come as JSON, a line each, on stdin; what
 * happens is told as JSON, a line each, on stdout. `crowd.ts` is the other side.
 */
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import type { Order, Told } from "./crowd";
import { hold, type Turn } from "./turn";

const tell = (told: Told) => void process.stdout.write(`${JSON.stringify(told)}\n`);
let turns: Turn[][] = [];

async function obey(order: Order): Promise<void> {
    turns = order.tokens.map((_, user) => turns[user] ?? []);
    await Promise.all(order.tokens.map(async (token, user) => {
        for (let count = 0; count < order.turns; count++) await one(order, token, user);
    }));
    tell({ told: "all", turns });
}

/** One turn of one user, in the conversation that he is in; the next follows when this one is over. */
async function one({ run, origin, patienceMs }: Order, token: string, user: number): Promise<void> {
    const mine = turns[user]!;
    const before = mine.findLast(({ sessionId }) => sessionId !== undefined);
    const turn: Turn = { key: randomUUID(), message: `${run}, user ${user}, message ${mine.length}: what is new?`, sessionId: before?.sessionId, started: false, text: "", attempts: [] };
    mine.push(turn);
    let pieces = 0;
    await hold({ origin, token }, turn, before?.messageId, ({ event }) => {
        if (event === "delta" && ++pieces === 3) tell({ told: "streaming", user });
    }, patienceMs);
    tell({ told: "turn", user, end: turn.end ?? "nothing" });
}

createInterface({ input: process.stdin }).on("line", (line) => void obey(JSON.parse(line) as Order)).on("close", () => process.exit(0));

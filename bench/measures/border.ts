import type { Step } from "../../cli/progress";
import type { Client, Turned } from "../client";
import type { Plan } from "../plan";
import { app, peer, type Running } from "../subjects";
import { aim, digits, table } from "../table";
import type { World } from "../world";
import { anew, firstToken, goingOn, returning } from "./beginning";

export const ONE_WAY_MS = 75;
const ROUND_TRIP_MS = 2 * ONE_WAY_MS;
/** A program's first answers are slow for reasons of their own. */
const WARM = 5;

/** Round trips to the database before the first token. */
export interface Crossing { what: string; trips: number; aim?: number }

/** Compares programs beside their database with the same an ocean away from it: what the first token takes longer are round trips. */
export async function measureBorder(world: World, { farQuestions: count }: Plan, step: Step): Promise<Crossing[]> {
    const { client, nearDatabase: near } = world;
    const far = await world.databaseUri(ONE_WAY_MS);
    const both = async (start: (uri: string) => Promise<Running>) => ({ here: await start(near), there: await start(far) });
    step.note("starting");
    const ours = await both((uri) => app("app", "the app", { MONGODB_URI: uri }).start(world));
    const naive = await both((uri) => peer("naive", "naive chat", { MONGODB_URI: uri }).start(world));
    for (const running of [ours.here, ours.there, naive.here, naive.there]) await firstToken(client, WARM, anew(running));
    const sessions = await begun(client, ours.here, count);

    const trips = async (what: string, { here, there }: typeof ours, next: (running: Running) => Parameters<typeof firstToken>[2]): Promise<number> => {
        step.note(what);
        const base = await firstToken(client, count, next(here));
        return ((await firstToken(client, count, next(there))) - base) / ROUND_TRIP_MS;
    };
    return [
        { what: "**the app**, a session that the instance knows", trips: await trips("known", ours, goingOn), aim: 0.1 },
        { what: "**the app**, a session that another instance began", trips: await trips("unknown", ours, (running) => returning(running, sessions)), aim: 1.1 },
        { what: "**the app**, a new session", trips: await trips("new", ours, anew), aim: 1.1 },
        { what: "naive: five questions to the database, one after the other", trips: await trips("naive", naive, anew) },
    ];
}

/** Sessions of one turn, that this instance began. */
async function begun(client: Client, running: Running, count: number): Promise<string[]> {
    const sessions: string[] = [];
    const next = anew(running);
    await firstToken(client, count + 1, (last: Turned | undefined, n) => {
        if (last) sessions.push(last.sessionId);
        return next(last, n);
    });
    return sessions;
}

export function borderTable(crossings: Crossing[]): string {
    return table(["first token of", "round trips", "aim"], crossings.map(({ what, trips, aim: most }) => [what, digits(trips), most === undefined ? "" : aim(trips, most)]));
}

import { afterAll, describe, expect, it } from "vitest";
import { until } from "../pocket/until";
import { Crowd } from "./crowd/crowd";
import { faultsOf, type Message } from "./crowd/kept";
import type { Turn } from "./crowd/turn";
import { antipode, api, domain, healthAt, inside, login, models, must, served, visitor } from "./pocket";

const users = 50;
/** The region's own name: who is in it when the border is cut stays, whatever the DNS thinks of it meanwhile. */
const origin = `https://us.${domain}`;
const us = () => healthAt("us", origin);

const killApp = () => inside("us", "docker kill -s KILL $(docker ps -q --filter label=com.docker.swarm.service.name=app-1-0-0)");

/** A conversation as the database's own region gives it to its user. */
async function kept(token: string, turns: Turn[]): Promise<Message[]> {
    const sessionId = turns.find((turn) => turn.sessionId)!.sessionId;
    const text = await must(visitor("cn", "curl", "-sSf", "-H", `authorization: Bearer ${token}`, `${api}/api/sessions/${sessionId}/messages?limit=100`));
    return (JSON.parse(text) as { messages: Message[] }).messages;
}

describe("when the border is cut", () => {
    const crowd = new Crowd("us");
    afterAll(async () => {
        crowd.leave();
        await models({ clear: "ark" });
        await must(antipode("pocket", "heal"));
        await served("us", "US", 90);
    });

    it("us goes on by itself, also when its app is killed, and in the end the database has each message of each user once, in order", async () => {
        const tokens: string[] = [];
        for (let user = 0; user < users; user += 10) tokens.push(...(await Promise.all(Array.from({ length: 10 }, (_, n) => login("us", `crowd-${user + n}`)))));

        await models({ provider: "ark", kind: "slow", tokenMs: 250 });
        const first = crowd.hold({ origin, tokens, turns: 1, patienceMs: 60_000 });
        await until(() => crowd.streaming === users, { seconds: 30, what: "50 answers under way" });
        await must(antipode("pocket", "partition"));
        expect(crowd.turns).toBe(0);
        await models({ clear: "ark" });
        await first;
        expect(crowd.ended).toEqual({ done: users });
        await until(async () => (await us()).degraded, { seconds: 30, what: "us to know that it is alone" });

        const rest = crowd.hold({ origin, tokens, turns: 10, patienceMs: 90_000 });
        for (const share of [0.3, 0.6]) {
            await until(() => crowd.turns > users + 10 * users * share, { seconds: 90, what: `${share} of the turns` });
            await killApp();
        }
        const all = await rest;
        expect(all.map((turns) => turns.length)).toEqual(Array.from({ length: users }, () => 11));
        expect(await us()).toMatchObject({ status: "healthy", degraded: true, database: "error" });

        await must(antipode("pocket", "heal"));
        await until(async () => ((now) => !now.degraded && now.journal?.turns === 0)(await us()), { seconds: 60, what: "the journal to be in the database" });
        const faults = await Promise.all(all.map(async (turns, user) => faultsOf(turns, await kept(tokens[user]!, turns)).map((fault) => `user ${user}: ${fault}`)));
        expect(faults.flat()).toEqual([]);
        // Killed twice with 50 streams, it cannot have finished more than 100 turns less.
        expect(all.flat().filter(({ started }) => started).length).toBeGreaterThan(11 * users - 100);
        expect(crowd.ended.done).toBeGreaterThan(11 * users - 110);
    }, 240_000);
});

import { randomBytes } from "node:crypto";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { until } from "../pocket/until";
import { Crowd } from "./crowd/crowd";
import { faultsOf, type Kept } from "./crowd/kept";
import { antipode, api, appService, domain, healthAt, inApp, inside, login, models, must, served, stackOutput, visitor } from "./pocket";
import { stream, textOf, valueOf } from "./stream";

const users = 50;
const turnsEach = 10;
const run = `run ${randomBytes(4).toString("hex")}`;
/** The region's own name: who is in it when the border is cut stays, whatever the DNS thinks of it meanwhile. */
const origin = `https://us.${domain}`;
const us = () => healthAt("us", origin);

const killApp = () => inside("us", `docker kill -s KILL $(docker ps -q --filter label=com.docker.swarm.service.name=${appService})`);

/** Every conversation of this run, as it lies in the database; the users' ids with it. */
async function keptOf(): Promise<(Kept & { userId: string })[]> {
    const { database } = await stackOutput("cn");
    const text = await inApp("cn", `
        const { MongoClient } = require("mongodb"); const { readFileSync } = require("fs");
        const auth = { username: ${JSON.stringify(database.user)}, password: readFileSync("/run/secrets/MONGODB_PASSWORD", "utf8") };
        new MongoClient(process.env.MONGODB_URI, { auth, tlsCAFile: "/run/secrets/MONGODB_CA" }).db("aiagent").collection("conversations")
            .find({ "turns.message": /^${run},/ }, { projection: { userId: 1, "turns.id": 1, "turns.message": 1, "turns.reply": 1 } }).toArray()
            .then((found) => process.stdout.write(JSON.stringify(found), () => process.exit(0)));`);
    return JSON.parse(text) as (Kept & { userId: string })[];
}

const userOf = (token: string) => (JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as { sub: string }).sub;

describe("when the border is cut", () => {
    const crowd = new Crowd("us");
    afterAll(() => crowd.leave());
    afterEach(async () => {
        await models({ clear: "ark" });
        await must(antipode("pocket", "heal"));
        await served("us", "US", 90);
    });

    it("us goes on by itself, also when its app is killed, and in the end the database has each message of each user once, in order", async () => {
        const tokens: string[] = [];
        for (let user = 0; user < users; user += 10) tokens.push(...(await Promise.all(Array.from({ length: 10 }, (_, n) => login("us", `crowd-${user + n}`)))));

        await models({ provider: "ark", kind: "slow", tokenMs: 250 });
        const first = crowd.hold({ run, origin, tokens, turns: 1, patienceMs: 60_000 });
        await until(() => crowd.streaming === users, { seconds: 30, what: "50 answers under way" });
        await must(antipode("pocket", "partition"));
        expect(crowd.turns).toBe(0);
        await models({ clear: "ark" });
        await first;
        expect(crowd.ended).toEqual({ done: users });
        await until(async () => (await us()).degraded, { seconds: 30, what: "us to know that it is alone" });

        const rest = crowd.hold({ run, origin, tokens, turns: turnsEach, patienceMs: 90_000 });
        for (const share of [0.3, 0.6]) {
            await until(() => crowd.turns > users + turnsEach * users * share, { seconds: 90, what: `${share} of the turns` });
            await killApp();
        }
        const all = await rest;
        const alone = await us();
        expect(alone).toMatchObject({ status: "healthy", degraded: true, database: "error" });
        expect(alone.journal!.turns).toBeGreaterThanOrEqual(turnsEach * users);

        await must(antipode("pocket", "heal"));
        await until(async () => ((now) => !now.degraded && now.journal?.turns === 0)(await us()), { seconds: 60, what: "the journal to be in the database" });
        const kept = await keptOf();
        const faults = all.flatMap((turns, user) => faultsOf(turns, kept.filter(({ userId }) => userId === userOf(tokens[user]!))).map((fault) => `user ${user}: ${fault}`));
        expect(faults).toEqual([]);
        expect(all.map((turns) => turns.length)).toEqual(Array.from({ length: users }, () => 1 + turnsEach));
        // What a killed app was answering is lost, and told as lost: at most the 50 answers of each time.
        expect(Object.keys(crowd.ended).sort()).toEqual(["done", "turn_lost"]);
        expect(crowd.ended.turn_lost).toBeLessThanOrEqual(2 * users);
    }, 240_000);

    it("a conversation that us does not know goes on there, as its first event says; what needs the database is refused", async () => {
        const token = await login("cn", "commuter");
        const { sessionId } = valueOf(await stream("cn", { token, body: { message: "The word is kelp" } }), "start");
        await must(antipode("pocket", "partition"));
        await until(async () => (await us()).degraded, { seconds: 30, what: "us to know that it is alone" });

        const events = await stream("us", { url: `${origin}/api/chat`, token, body: { sessionId, message: "What did I say first?" } });
        expect(valueOf(events, "start")).toMatchObject({ sessionId, history: "unknown", degraded: true });
        expect(textOf(events)).toContain('"What did I say first?"');
        const answer = (path: string, ...words: string[]) => visitor("us", "curl", "-s", "-w", " %{http_code}", "-H", `authorization: Bearer ${token}`, ...words, `${origin}${path}`);
        const away = /^\{"code":"database_unavailable",.*\} 503$/;
        expect((await answer(`/api/sessions/${sessionId}/messages`)).stdout).toMatch(away);
        expect((await answer("/api/auth/login", "-H", "content-type: application/json", "-d", '{"code":"of-a-phone"}')).stdout).toMatch(away);

        await must(antipode("pocket", "heal"));
        await until(async () => ((now) => !now.degraded && now.journal?.turns === 0)(await us()), { seconds: 60, what: "the journal to be in the database" });
        const read = await must(visitor("cn", "curl", "-sSf", "-H", `authorization: Bearer ${token}`, `${api}/api/sessions/${sessionId}/messages`));
        expect((JSON.parse(read) as { messages: { role: string; content: string }[] }).messages.map(({ role, content }) => [role, content])).toEqual([
            ["user", "The word is kelp"], ["assistant", expect.any(String)], ["user", "What did I say first?"], ["assistant", textOf(events)],
        ]);
    });
});

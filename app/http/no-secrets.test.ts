import { MongoClient, type Db } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { version } from "../package.json";
import { Program } from "../test/program";
import { bytesOf, sendRaw } from "../test/raw";
import { cuts, done, open, refuses, says, stalls, token as piece, usage, type Script } from "../test/upstream";
import { environment, until, World } from "../test/world";

/** In everything that a client, a model service, WeChat or the settings may say, and in no line of the log. */
const CANARY = "Canary7f3aYellow";
const canary = (where: string) => `${CANARY}-${where}`;

interface Line {
    level: number;
    msg: string;
    [name: string]: unknown;
}

describe("the log at level trace", () => {
    let world: World;
    let program: Program;
    let client: MongoClient;
    let db: Db;
    let token: string;
    let testerProof: string;
    /** Requests that were made, each of which has to be told once. */
    let requests = 0;
    let turns = 0;

    beforeAll(async () => {
        world = await World.start();
        client = await MongoClient.connect(world.mongod.uri);
        db = client.db("aiagent");
        program = await Program.start({
            ...environment(world),
            LOG_LEVEL: "trace",
            REGION: "us",
            SERVER_NAME: "us.yourapp.com",
            DRAIN_SECONDS: "0.1",
            UPSTREAM_IDLE_SECONDS: "2",
            VOLCENGINE_API_KEY: canary("ark-key"),
            WECHAT_SECRET: canary("wechat-secret"),
            JWT_SECRET: canary("jwt-secret-of-thirty-two-characters"),
            TESTER_KEY: canary("tester-key-of-thirty-two-characters"),
        });
        await program.ready();
        world.wechat.next.push({ openid: canary("openid"), session_key: canary("session-key") });
        const answer = await send("POST", "/api/auth/login", { code: canary("code") });
        ({ token, testerProof } = (await answer.json()) as { token: string; testerProof: string });
    });
    afterAll(async () => {
        program.child.kill("SIGKILL");
        await client.close();
        await world.stop();
    });

    const lines = (): Line[] => program.output.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    /** A JWT's signature alone would do to know that it was logged. */
    const secrets = () => [CANARY, testerProof, ...token.split(".").slice(1)];

    function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
        requests += 1;
        const common = { "User-Agent": canary("agent"), Cookie: canary("cookie"), Referer: `http://${CANARY}/`, "X-Wx-Openid": canary("openid"), "X-Forwarded-For": canary("address"), ...(testerProof && { "X-Antipode-Tester": testerProof }) };
        const type: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
        const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
        return fetch(program.app.url + path, { method, headers: { ...common, ...type, ...headers }, body: text });
    }

    const authorized = (headers: Record<string, string> = {}) => ({ Authorization: `Bearer ${token}`, ...headers });

    /** A turn to its end, by this script of the model service. */
    async function chat(script: Script, headers: Record<string, string> = {}, path = "/api/chat"): Promise<string> {
        world.upstream.script = script;
        turns += 1;
        return (await send("POST", path, { message: canary("message") }, authorized(headers))).text();
    }

    const quotes = { code: canary("code"), message: `You said: ${canary("message")}`, param: canary("param"), type: canary("type") };

    it("has chats that go well, without a word of them", async () => {
        const thought = `data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: canary("thought") } }] })}\n\n`;
        expect(await chat((response) => void open(response).end(thought + piece(canary("reply"), "stop") + usage + done), { "Idempotency-Key": canary("key") })).toContain('"done"');
        expect(await chat(says(canary("reply")), { "X-Request-Id": "4f1c0a9e5b7d" })).toContain('"done"');
    });

    it.each<[string, Script]>([
        ["refuses, with the user's words", refuses(400, { error: quotes })],
        ["fails, with the user's words", refuses(500, { error: quotes })],
        ["is overloaded, with the user's words", refuses(503, canary("text"))],
        ["refuses in the middle, with the user's words", (response) => void open(response).end(piece(canary("reply")) + `data: ${JSON.stringify({ error: quotes })}\n\n`)],
        ["says what is no JSON", (response) => void open(response).end(`data: ${canary("data")}\n\n`)],
        ["says what is no event stream", (response) => void open(response).end(canary("body"))],
        ["answers with another place", (response) => void response.writeHead(302, { Location: `http://${CANARY}/` }).end()],
        ["breaks off", cuts(piece(canary("reply")))],
        ["falls silent", stalls(piece(canary("reply")))],
        ["speaks no HTTP", (response) => void response.socket?.end(canary("no http"))],
    ])("has a model service that %s", async (_what, script) => {
        expect(await chat(script)).toContain('"error"');
        // Lest its breaker opens.
        for (let n = 0; n < 2; n += 1) await chat(says(canary("reply")));
    });

    it("has requests that are refused", async () => {
        const refused = async (answer: Promise<Response>) => expect((await answer).status).toBeGreaterThanOrEqual(400);
        const chats = (body: unknown, headers = {}) => refused(send("POST", "/api/chat", body, authorized(headers)));
        await chats(`{"message": "${canary("json")}`);
        await chats(`{"${canary("name")}": 1}`);
        await chats({ message: canary("message"), sessionId: canary("session") });
        await chats({ message: canary("long").repeat(2_000) });
        await chats({ message: canary("message") }, { "Idempotency-Key": `${canary("key")} with blanks` });
        await chats({ message: canary("message") }, { "Content-Type": `text/${CANARY}` });
        await refused(send("POST", "/api/chat", { message: canary("message") }, { Authorization: `Bearer ${canary("token")}` }));
        await refused(send("POST", "/api/chat", { message: canary("message") }, { Authorization: `Bearer ${token.slice(0, -3)}AAA` }));
        await refused(send("GET", `/api/sessions/${canary("session")}/messages?limit=${canary("limit")}`, undefined, authorized()));
        await refused(send("GET", `/api/chat/streams/${canary("stream")}?starting_after=${canary("after")}`, undefined, authorized({ "Last-Event-ID": canary("event") })));
        await refused(send("GET", `/${canary("path")}?${canary("query")}`));
        await refused(send("GET", `/%zz${canary("path")}?${canary("query")}`));
        await refused(send("DELETE", `/api/chat?${canary("query")}`));
        world.wechat.next.push({ errcode: 40029, errmsg: `invalid code: ${canary("code")}` }, canary("no json"), { errcode: canary("errcode"), errmsg: canary("errmsg") });
        for (let n = 0; n < 3; n += 1) await refused(send("POST", "/api/auth/login", { code: canary("code") }));
    });

    it("has connections that speak no HTTP, and are no requests", async () => {
        const { port } = new URL(program.app.url);
        expect((await sendRaw(Number(port), `${CANARY}\r\n\r\n`)).status).toBe(400);
        expect((await sendRaw(Number(port), bytesOf({ headers: { "X-Long": CANARY.repeat(2_000) } }))).status).toBe(431);
        expect((await sendRaw(Number(port), bytesOf({ method: "POST", path: "/api/chat", headers: { "Content-Length": `${CANARY}` }, body: CANARY }))).status).toBe(400);
    });

    it("has agents", async () => {
        world.upstream.script = says(canary("reply"));
        const agents = [{ name: canary("name"), instructions: canary("instructions") }, { name: "Ada", instructions: canary("instructions") }];
        const created = await send("POST", "/api/agents/sessions", { agents }, authorized());
        const { sessionId, revision } = (await created.json()) as { sessionId: string; revision: number };
        expect((await send("PUT", `/api/agents/sessions/${sessionId}/state`, { revision, state: { secret: canary("state") } }, authorized())).status).toBe(200);
        expect(await chat(says(canary("reply")), {}, `/api/agents/sessions/${sessionId}/steps`)).toContain('"done"');
        expect(await chat(refuses(400, { error: quotes }), {}, `/api/agents/sessions/${sessionId}/steps`)).toContain('"error"');
    });

    it("has a database that refuses, with what it was given", async () => {
        // A unique index is the one thing of a mongod that repeats data: E11000 dup key: { turns.reply: "…" }.
        await db.collection("conversations").createIndex({ updatedAt: 1 }, { name: canary("index"), unique: true, partialFilterExpression: { nothing: 1 } });
        const same = { nothing: 1, updatedAt: canary("duplicate") };
        await db.collection("conversations").insertOne({ _id: "one" as never, userId: "nobody", turns: [], ...same });
        const twice = await db.collection("conversations").insertOne({ _id: "two" as never, userId: "nobody", turns: [], ...same }).catch((error: Error) => error.message);
        expect(twice).toContain(canary("duplicate"));

        await db.collection("conversations").createIndex({ "turns.reply": 1 }, { unique: true, partialFilterExpression: { "turns.reply": canary("the same reply") } });
        expect(await chat(says(canary("the same reply")))).toContain('"done"');
        expect(await chat(says(canary("the same reply")))).toContain("reply_not_stored");
        await db.collection("multi_agent_sessions").createIndex({ "agents.instructions": 1 }, { unique: true });
        const agents = ["Ada", "Bob"].map((name) => ({ name, instructions: canary(`the instructions of ${name}`) }));
        await send("POST", "/api/agents/sessions", { agents }, authorized());
        expect((await send("POST", "/api/agents/sessions", { agents }, authorized())).status).toBe(500);
        // What it says of a document that its rules do not allow.
        await db.command({ collMod: "users", validator: { openid: { $not: { $regex: CANARY } } } });
        world.wechat.next.push({ openid: canary("another-openid"), session_key: "" });
        expect((await send("POST", "/api/auth/login", { code: canary("code") })).status).toBeGreaterThanOrEqual(500);
    });

    it("has a database that is away, and an instance that goes away in the middle of a turn", async () => {
        await world.mongod.kill();
        await until(async () => ((await (await program.app.get("/api/health")).json()) as { database: string }).database === "error");
        expect(await chat(says(canary("reply")))).toContain('"degraded":true');
        expect((await send("POST", "/api/auth/login", { code: canary("code") })).status).toBe(503);
        const { length } = world.upstream.seen;
        const running = chat(stalls(piece(canary("reply"))));
        await until(() => world.upstream.seen.length > length);
        program.child.kill("SIGTERM");
        expect(await running).toContain('"draining"');
        expect(await program.exit).toEqual([0, null]);
    });

    it("is one line of JSON each, with region and version", () => {
        for (const line of lines()) expect(line).toMatchObject({ level: expect.any(Number), time: expect.any(Number), region: "US", version, server: "us.yourapp.com", msg: expect.any(String) });
    });

    it("has one line a request and one a turn", () => {
        const all = lines().filter(({ msg }) => msg === "request");
        const asked = all.filter(({ route }) => !String(route).endsWith("/health"));
        expect(asked).toHaveLength(requests);
        expect(new Set(asked.map((line) => Object.keys(line).filter((name) => name !== "code").sort().join()))).toEqual(new Set(["level,method,ms,msg,region,reqId,route,server,status,time,version"]));
        const told = lines().filter(({ msg }) => msg === "turn");
        expect(told).toHaveLength(turns);
        expect(new Set(told.map(({ streamId }) => streamId)).size).toBe(turns);
    });

    it("has none of the canaries", () => {
        for (const line of program.output.split("\n")) for (const secret of secrets()) if (line.includes(secret)) expect.unreachable(line);
        // They were there to be told.
        expect(JSON.stringify(world.upstream.seen)).toContain(canary("message"));
        expect(lines().filter(({ level }) => level >= 40).length).toBeGreaterThan(5);
    });
});

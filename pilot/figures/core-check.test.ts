import type { IncomingMessage, ServerResponse } from "node:http";
import { createVerifier } from "fast-jwt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Backend } from "../test/backend";
import { CoreCheck } from "./core-check";

const key = "a key of thirty-two characters or more";
const events = (...all: object[]) => `retry: 3000\n: connected\n\n${all.map((one, index) => `id: s.${index}\ndata: ${JSON.stringify(one)}\n\n`).join("")}`;
const start = { type: "start", sessionId: "11111111-1111-4111-8111-111111111111" };
const answer = events(start, { type: "delta", delta: "ok" }, { type: "done" }) + "data: [DONE]\n\n";

describe("a version's own check", () => {
    let app: Backend;
    let bodies: Record<string, unknown>[];
    let login: [number, string], chat: [number, string];
    beforeEach(async () => {
        [bodies, login, chat] = [[], [401, '{"code":"login_code_invalid"}'], [200, answer]];
        app = await new Backend("app", (request: IncomingMessage, response: ServerResponse) => {
            let text = "";
            request.on("data", (piece) => (text += piece)).on("end", () => {
                bodies.push(JSON.parse(text) as Record<string, unknown>);
                const [status, body] = request.url === "/api/auth/login" ? login : chat;
                response.writeHead(status, { "content-type": "text/event-stream" }).end(body);
            });
        }).start();
    });
    afterEach(() => app.stop());

    const why = (check = new CoreCheck([key])) => check.run(app.address).then(() => undefined, (error: Error) => error.message);

    it("passes an instance that asks WeChat and answers a chat to its end, as a user whom nobody is", async () => {
        expect(await why()).toBeUndefined();
        const [, token] = /^Bearer (.*)$/.exec(String(app.seen[1]!.headers.authorization))!;
        expect(createVerifier({ key })(token!)).toMatchObject({ sub: "antipode-check" });
        expect(bodies).toEqual([{ code: "antipode-check" }, { message: "Say: ok" }]);
    });

    it("comes with the key before to a version that does not know the newest", async () => {
        const older = app.answer;
        app.answer = (request, response) => (String(request.headers.authorization ?? "").length > 0 && app.seen.length === 2 ? void response.writeHead(401).end('{"code":"unauthorized"}') : older(request, response));
        expect(await why(new CoreCheck(["a newer key of thirty-two characters", key]))).toBeUndefined();
        const tokens = app.seen.slice(1).map(({ headers }) => String(headers.authorization).slice(7));
        expect([tokens.length, createVerifier({ key })(tokens[1]!)]).toMatchObject([2, { sub: "antipode-check" }]);
        app.seen.length = 0;
        app.answer = (request, response) => (request.headers.authorization ? void response.writeHead(401).end('{"code":"unauthorized"}') : older(request, response));
        expect(await why(new CoreCheck(["a newer key of thirty-two characters", key]))).toBe("a chat was answered with 401 unauthorized");
    });

    it("goes on in its session, so that it leaves no more than one behind", async () => {
        const check = new CoreCheck([key, undefined]);
        expect([await why(check), await why(check), bodies[3]]).toEqual([undefined, undefined, { message: "Say: ok", sessionId: start.sessionId }]);
        chat = [409, '{"code":"session_full"}'];
        expect(await why(check)).toBe("a chat was answered with 409 session_full");
        chat = [200, answer];
        expect([await why(check), bodies.at(-1)]).toEqual([undefined, { message: "Say: ok" }]);
    });

    it.each<[string, { login?: [number, string]; chat?: [number, string] }, string]>([
        ["cannot ask WeChat", { login: [502, '{"code":"wechat_unavailable"}'] }, "a login with a code that is none was answered with 502 wechat_unavailable"],
        ["lets anybody in", { login: [200, '{"token":"x"}'] }, "a login with a code that is none was answered with 200"],
        ["knows no login", { login: [404, "<html>"] }, "a login with a code that is none was answered with 404"],
        ["refuses the chat", { chat: [503, '{"code":"too_many_streams"}'] }, "a chat was answered with 503 too_many_streams"],
        ["has no model", { chat: [200, events(start, { type: "error", code: "upstream_unavailable" })] }, "a chat ended with the error upstream_unavailable"],
        ["breaks off", { chat: [200, events(start, { type: "delta", delta: "o" })] }, "a chat broke off before its last event"],
        ["says nothing", { chat: [200, events(start, { type: "done" })] }, "a chat had no word in it"],
        ["answers with something else", { chat: [200, "hello"] }, "a chat broke off before its last event"],
    ])("fails one that %s", async (_, change, expected) => {
        login = change.login ?? login;
        chat = change.chat ?? chat;
        expect(await why()).toBe(expected);
    });

    it("fails one that is not there, or leaves in the middle", async () => {
        app.answer = (_request, response) => void (response.writeHead(200).write("data: "), setTimeout(() => response.destroy(), 20));
        expect(await why()).toMatch(/^\/api\/auth\/login( broke off|: )/);
        await app.stop();
        expect(await why()).toMatch(/^\/api\/auth\/login: connect ECONNREFUSED/);
        await app.start();
    });
});

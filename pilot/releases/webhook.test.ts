import type { RequestListener } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Backend } from "../test/backend";
import { until } from "../test/until";
import type { Event } from "./events";
import { type Patience, Webhook } from "./webhook";

const event = (what: string): Event => ({ time: "2026-11-27T12:00:00.000Z", release: "r1", version: "1.5.0", phase: "canary", weight: 10, what, who: "by itself" });
const patience: Patience = { answer: 3, first: 0.01, most: 0.05, limit: 0.1, event: 60, queued: 3 };

describe("a webhook", () => {
    let receiver: Backend;
    let bodies: unknown[];
    let logged: string[];
    let answers: RequestListener[];
    let ending: AbortController;
    const status = (code: number, headers = {}): RequestListener => (_, response) => void response.writeHead(code, headers).end("thanks");
    const silence: RequestListener = () => undefined;

    beforeEach(async () => {
        [bodies, logged, answers, ending] = [[], [], [], new AbortController()];
        receiver = await new Backend("receiver", (request, response) => {
            let text = "";
            request.on("data", (piece) => (text += piece)).on("end", () => {
                bodies.push(JSON.parse(text));
                (answers.shift() ?? status(204))(request, response);
            });
        }).start();
    });
    afterEach(async () => {
        ending.abort();
        await receiver.stop();
    });

    const hook = (more: Partial<Patience> = {}, address = `http://${receiver.address}/hooks?token=s3cret`) =>
        new Webhook(address, "us", (level, message, particulars = {}) => void logged.push([level, message, particulars.what, particulars.why].filter(Boolean).join(": ")), ending.signal, { ...patience, ...more });
    const whats = () => bodies.map((body) => (body as Event).what);
    const taken = (count: number) => until(() => bodies.length >= count, `${count} requests`);

    it("is told of each event with its region, in order", async () => {
        const one = hook();
        for (const what of ["began", "10 %", "finished"]) one.tell(event(what));
        await taken(3);
        expect(bodies).toEqual(["began", "10 %", "finished"].map((what) => ({ region: "us", ...event(what) })));
        expect(receiver.seen.map(({ method, url, headers }) => [method, url, headers["content-type"]])).toEqual(Array(3).fill(["POST", "/hooks?token=s3cret", "application/json"]));
        expect(logged).toEqual([]);
    });

    it("is tried again until it takes an event, which the next ones wait for, and that is said once", async () => {
        answers = [status(500), status(404), (_, response) => void response.socket!.destroy(), silence];
        const one = hook();
        for (const what of ["began", "finished"]) one.tell(event(what));
        await taken(6);
        await until(() => logged.length === 2, "the end of the streak");
        expect([whats(), logged]).toEqual([[...Array(5).fill("began"), "finished"], ["error: the webhook takes no events: it answers 500", "info: the webhook takes events again"]]);
        answers = [status(503)];
        one.tell(event("gone back"));
        await until(() => logged.length === 4, "the next streak");
        expect(logged[2]).toBe("error: the webhook takes no events: it answers 503");
    });

    it("gives up on an event after a while, and not on the next one", async () => {
        answers = [status(500), status(500)];
        const one = hook({ event: 0 });
        for (const what of ["began", "10 %", "finished"]) one.tell(event(what));
        await taken(3);
        await until(() => logged.length === 4, "what was lost");
        expect([whats(), logged]).toEqual([["began", "10 %", "finished"], [
            "error: the webhook takes no events: it answers 500", "warn: the webhook was not told of an event: began: it answers 500",
            "warn: the webhook was not told of an event: 10 %: it answers 500", "info: the webhook takes events again",
        ]]);
    });

    const says = (text: string): RequestListener => (_, response) => void response.end(text);

    it("loses an event that a robot refuses for good inside a 200, and tries the next one", async () => {
        answers = [says('{"errcode":310000,"errmsg":"sign not match"}'), says('{"errcode":0,"errmsg":"ok"}')];
        const one = hook();
        for (const what of ["began", "finished"]) one.tell(event(what));
        await until(() => logged.length === 3, "what was lost");
        expect([whats(), logged]).toEqual([["began", "finished"], [
            "error: the webhook takes no events: it answers the error 310000 (sign not match)",
            "warn: the webhook was not told of an event: began: it answers the error 310000 (sign not match)", "info: the webhook takes events again",
        ]]);
    });

    it("tries again what a robot refuses for a moment inside a 200", async () => {
        answers = [says('{"code":11232,"msg":"frequency limited"}'), says('{"code":0,"msg":"success"}')];
        hook().tell(event("began"));
        await until(() => logged.length === 2, "the end of the streak");
        expect([whats(), logged]).toEqual([["began", "began"], ["error: the webhook takes no events: it answers the error 11232 (frequency limited)", "info: the webhook takes events again"]]);
    });

    it("is told once by a receiver whose answer does not end, or is long", async () => {
        answers = [(_, response) => void response.write("thanks"), (_, response) => void response.end("x".repeat(1_000_000))];
        const one = hook({ answer: 0.2 });
        for (const what of ["began", "10 %", "finished"]) one.tell(event(what));
        await taken(3);
        expect([whats(), logged]).toEqual([["began", "10 %", "finished"], []]);
    });

    it("loses the oldest when too many wait", async () => {
        let release = () => {};
        answers = [(_, response) => void (release = () => response.end())];
        const one = hook({ answer: 30 });
        for (const what of ["1", "2", "3", "4", "5"]) one.tell(event(what));
        await taken(1);
        release();
        await taken(3);
        expect([whats(), logged]).toEqual([["1", "4", "5"], ["2", "3"].map((what) => `warn: the webhook was not told of an event: ${what}: 3 others wait`)]);
    });

    it("is not followed to another host", async () => {
        const other = await new Backend("other").start();
        answers = [status(307, { location: `http://${other.address}/` })];
        hook().tell(event("began"));
        await taken(2);
        expect([other.seen, logged[0]]).toEqual([[], "error: the webhook takes no events: it answers 307"]);
        await other.stop();
    });

    it("is never named in the log", async () => {
        await receiver.stop();
        const lost = hook({ event: 0 });
        lost.tell(event("began"));
        await until(() => logged.length === 2, "a refusal");
        hook({ event: 0 }, "https://ada:s3cret@yourapp.test/").tell(event("began"));
        hook({ event: 0 }, "https://s3cret.invalid/").tell(event("began"));
        await until(() => logged.length === 6, "what is no address, and nobody's");
        expect(logged.filter((line) => line.startsWith("error")).map((line) => line.split(": ")[2]).sort()).toEqual(["ECONNREFUSED", expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/), "TypeError"]);
        expect(logged.join()).not.toMatch(/s3cret|yourapp|127\.0/);
        await receiver.start();
    });

    it("is let go of when the pilot stops", async () => {
        let closed = false;
        answers = [(request) => void request.socket.once("close", () => (closed = true))];
        hook({ answer: 30 }).tell(event("began"));
        await taken(1);
        ending.abort();
        await until(() => closed, "the end");
        expect([bodies.length, logged]).toEqual([1, []]);
    });
});

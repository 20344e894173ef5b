import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Check } from "../apps/contract";
import { Backend } from "../test/backend";
import { checkRequest } from "./request-check";

describe("a check of an app's own", () => {
    let app: Backend;
    let bodies: string[];
    let answer: [number, string];
    beforeEach(async () => {
        [bodies, answer] = [[], [200, '{"sum":2}']];
        app = await new Backend("app", (request, response) => {
            let text = "";
            request.on("data", (piece) => (text += piece)).on("end", () => {
                bodies.push(text);
                response.writeHead(answer[0]).end(answer[1]);
            });
        }).start();
    });
    afterEach(() => app.stop());

    const why = (check: Partial<Check> = {}) => checkRequest(app.address, { method: "GET", path: "/sum?of=1", status: 200, ...check }).then(() => undefined, (error: Error) => error.message);

    it("asks what it is told to, and passes the right answer", async () => {
        expect(await why({ text: '"sum":2' })).toBeUndefined();
        expect(await why({ method: "POST", body: '{"of":[1,1]}' })).toBeUndefined();
        expect(await why({ method: "PUT", body: "1 1" })).toBeUndefined();
        answer = [404, ""];
        expect(await why({ method: "DELETE", status: 404 })).toBeUndefined();
        expect(app.seen.map(({ method, url, headers }) => [method, url, headers["content-type"], headers["content-length"]])).toEqual([
            ["GET", "/sum?of=1", undefined, undefined], ["POST", "/sum?of=1", "application/json", "12"], ["PUT", "/sum?of=1", "text/plain; charset=utf-8", "3"], ["DELETE", "/sum?of=1", undefined, undefined],
        ]);
        expect(bodies).toEqual(["", '{"of":[1,1]}', "1 1", ""]);
    });

    it.each<[string, [number, string], Partial<Check>, string]>([
        ["another status", [500, ""], {}, "GET /sum?of=1 is answered with 500 instead of 200"],
        ["a good status that is not the right one", [200, ""], { status: 201 }, "GET /sum?of=1 is answered with 200 instead of 201"],
        ["another text", [200, '{"sum":3}'], { text: '"sum":2' }, 'the answer to GET /sum?of=1 does not contain "\\"sum\\":2"'],
    ])("fails %s", async (_, given, check, expected) => {
        answer = given;
        expect(await why(check)).toBe(expected);
    });

    it("fails an instance that breaks off, or is not there", async () => {
        app.answer = (_request, response) => void (response.writeHead(200, { "content-length": 9 }).write("{"), setTimeout(() => response.destroy(), 20));
        expect(await why()).toBe("GET /sum?of=1 broke off");
        await app.stop();
        expect(await why()).toMatch(/^GET \/sum\?of=1: connect ECONNREFUSED/);
        await app.start();
    });
});

import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../test/mongod";
import { ask, cuts, done, generous, open, refuses, says, ScriptedUpstream, service, stalls, token, type Script } from "../test/upstream";
import { arkDialect } from "./ark";
import { readRefusal } from "./refusal";
import type { Ask } from "./upstream";

describe("a model service", () => {
    let server: ScriptedUpstream;
    beforeAll(async () => (server = await ScriptedUpstream.start()));
    afterAll(() => server.stop());

    /** The text until the end, and how it ended. */
    async function answer(script: Script, deadlines: Partial<typeof generous> = {}, url = server.url, options: Partial<Ask> = {}): Promise<[text: string, end: string]> {
        server.script = script;
        const upstream = service(url, { deadlines });
        const { text, end } = await ask(upstream, options);
        void upstream.close();
        return [text, end];
    }

    const error = (code: string, message = "No.") => ({ error: { code, message, param: "", type: "" } });

    it("that breaks off before its headers, or after them", async () => {
        expect(await answer((response) => void response.socket?.destroy())).toEqual(["", "upstream_cut"]);
        expect(await answer(cuts())).toEqual(["", "upstream_cut"]);
        expect(await answer(cuts(": keep-alive\n\n", token("")))).toEqual(["", "upstream_cut"]);
    });

    it("that answers", async () => expect(await answer(says("a", "b"))).toEqual(["ab", "stop"]));

    it("that breaks off in the middle", async () => expect(await answer(cuts(token("a")))).toEqual(["a", "upstream_cut"]));

    it("that ends without a finish reason", async () => {
        expect(await answer((response) => void open(response).end(token("a")))).toEqual(["a", "upstream_cut"]);
        expect(await answer((response) => void open(response).end(token("a") + done))).toEqual(["a", "upstream_cut"]);
    });

    it("that breaks off after its finish reason has given its answer", async () => {
        expect(await answer(cuts(token("a"), token("", "stop")))).toEqual(["a", "stop"]);
    });

    it("that says all and leaves the connection open", async () => {
        expect(await answer(stalls(token("a", "stop"), done))).toEqual(["a", "stop"]);
    });

    it("that names its finish reason before its text, or in each chunk, is waited for as long as any other", async () => {
        const sends = (...lines: string[]): Script => async (response) => {
            open(response);
            for (const line of lines) {
                response.write(line);
                // Longer than the usage is waited for.
                await new Promise((resolve) => setTimeout(resolve, 2_300));
            }
            response.end();
        };
        const [first, each] = [sends(token("", "stop"), token("a") + done), sends(token("a", "stop"), token("b", "stop") + done)];
        const server2 = await ScriptedUpstream.start(each);
        const upstream = service(server2.url);
        const [one, two] = await Promise.all([answer(first), ask(upstream)]);
        expect([one, two.text, two.end]).toEqual([["a", "stop"], "ab", "stop"]);
        await upstream.close();
        server2.stop();
    });

    it("that never begins", async () => {
        expect(await answer(() => undefined, { firstToken: 100 })).toEqual(["", "upstream_timeout"]);
        expect(await answer(stalls(token("")), { firstToken: 100 })).toEqual(["", "upstream_timeout"]);
    });

    it("that stalls, also when it says by comments that it lives", async () => {
        expect(await answer(stalls(token("a")), { idle: 100 })).toEqual(["a", "upstream_stalled"]);
        const alive: Script = (response) => {
            open(response).write(token("a"));
            const beat = setInterval(() => response.write(": keep-alive\n\n"), 20);
            response.on("close", () => clearInterval(beat));
        };
        expect(await answer(alive, { idle: 200 })).toEqual(["a", "upstream_stalled"]);
    });

    it("that never comes to an end", async () => {
        const endless: Script = (response) => {
            open(response);
            const beat = setInterval(() => response.write(token("a")), 20);
            response.on("close", () => clearInterval(beat));
        };
        const [text, end] = await answer(endless, { total: 300 });
        expect([text.replaceAll("a", ""), end]).toEqual(["", "upstream_too_long"]);
    });

    it("that cannot be reached", async () => {
        expect(await answer(says(), {}, `http://127.0.0.1:${await freePort()}`)).toEqual(["", "upstream_unreachable"]);
        expect(await answer(says(), {}, "http://model.invalid")).toEqual(["", "upstream_unreachable"]);
    });

    it("that is asked wrongly by ourselves is not said to be away", async () => {
        expect(await answer(says(), {}, server.url, { requestId: "no\nheader" })).toEqual(["", "internal"]);
    });

    it("that sends what is no answer", async () => {
        expect(await answer((response) => void open(response).end("data: <html>\n\n"))).toEqual(["", "upstream_malformed"]);
        expect(await answer((response) => void open(response).end("data: 7\n\n"))).toEqual(["", "upstream_malformed"]);
        const endlessLine: Script = (response) => void open(response).end(`data: ${"x".repeat(2 << 20)}`);
        expect(await answer(endlessLine)).toEqual(["", "upstream_malformed"]);
    });

    it("that fails inside a stream of status 200", async () => {
        const line = (body: object) => `data: ${JSON.stringify(body)}\n\n`;
        expect(await answer((response) => void open(response).end(token("a") + line(error("ServerOverloaded"))))).toEqual(["a", "upstream_busy"]);
        expect(await answer((response) => void open(response).end(`event: error\n${line(error("InternalServiceError"))}`))).toEqual(["", "upstream_failed"]);
    });

    it.each([
        [401, error("AuthenticationError", "the API key or AK/SK in the request is missing or invalid."), "upstream_misconfigured"],
        [404, error("InvalidEndpointOrModel.NotFound"), "upstream_misconfigured"],
        [400, error("InvalidEndpointOrModel.NotFound"), "upstream_misconfigured"],
        [403, error("AccountOverdueError"), "upstream_quota"],
        [400, error("InputTextSensitiveContentDetected.PolicyViolation"), "content_refused"],
        [400, error("MissingParameter.messages"), "upstream_refused"],
        [429, error("ModelAccountTpmRateLimitExceeded"), "upstream_busy"],
        [429, error("SetLimitExceeded"), "upstream_quota"],
        [429, "slow down", "upstream_busy"],
        [500, error("InternalServiceError"), "upstream_failed"],
        [502, "<html>Bad Gateway</html>", "upstream_failed"],
    ])("that refuses with %i %j", async (status, body, code) => expect(await answer(refuses(status, body))).toEqual(["", code]));

    it("is never quoted: its message may hold an account's number or the user's words", () => {
        const refusal = readRefusal(arkDialect, 429, JSON.stringify(error("SetLimitExceeded", "Your account [2100000000] has reached the limit.")));
        expect([refusal.message, refusal.cause]).toEqual(["The model service's quota is used up.", "429 SetLimitExceeded"]);
    });

    describe("behind a port that takes connections and never speaks TLS", () => {
        let silent: Server;
        beforeEach(async () => new Promise<void>((resolve) => (silent = createServer()).listen(0, "127.0.0.1", resolve)));
        afterEach(() => void silent.close());

        it("is unreachable after the connect deadline, long before the first token's", async () => {
            const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
            expect(await answer(says(), { connect: 200, firstToken: 15_000, total: 15_000 }, url)).toEqual(["", "upstream_unreachable"]);
        });
    });
});

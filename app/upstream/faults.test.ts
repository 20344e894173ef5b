import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { StreamError } from "../errors/errors";
import { freePort } from "../test/mongod";
import { cuts, done, open, refuses, says, ScriptedUpstream, stalls, token, type Script } from "../test/upstream";
import { arkDialect } from "./ark";
import { OpenAiUpstream } from "./openai";
import { readRefusal } from "./refusal";
import type { Piece } from "./upstream";

const generous = { connect: 5_000, firstToken: 5_000, idle: 5_000, total: 10_000 };

describe("a model service", () => {
    let service: ScriptedUpstream;
    beforeAll(async () => (service = await ScriptedUpstream.start()));
    afterAll(() => service.stop());

    /** The text until the end, and how it ended. */
    async function answer(script: Script, deadlines: Partial<typeof generous> = {}, url = service.url, signal = new AbortController().signal, onText?: () => void, requestId = "request-1"): Promise<[text: string, end: string]> {
        service.script = script;
        const upstream = new OpenAiUpstream({ provider: "ark", url, key: "key", model: "ep-1", dialect: arkDialect, deadlines: { ...generous, ...deadlines }, joinMs: 40 });
        let text = "";
        const onPiece = (piece: Piece) => {
            if (piece.type === "delta") text += piece.text;
            onText?.();
        };
        const messages = [{ role: "user", content: "Hi" } as const];
        const end = await upstream.answer({ messages, requestId, signal, onPiece }).then(
            ({ finishReason }) => finishReason,
            (error) => (error instanceof StreamError ? error.code : `not a StreamError: ${error}`),
        );
        void upstream.close();
        return [text, end];
    }

    const error = (code: string, message = "No.") => ({ error: { code, message, param: "", type: "" } });

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
        expect(await answer(says(), {}, undefined, undefined, undefined, "no\nheader")).toEqual(["", "internal"]);
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

    it("that is told to stop, at any moment", async () => {
        const stop = () => {
            const controller = new AbortController();
            return { signal: controller.signal, now: () => controller.abort(new StreamError("taken_over")) };
        };
        const before = stop();
        expect(await answer(() => before.now(), {}, service.url, before.signal)).toEqual(["", "taken_over"]);
        const within = stop();
        expect(await answer(stalls(token("a")), {}, service.url, within.signal, within.now)).toEqual(["a", "taken_over"]);
        expect(await answer(says("a"), {}, service.url, AbortSignal.abort(new StreamError("draining")))).toEqual(["", "draining"]);
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

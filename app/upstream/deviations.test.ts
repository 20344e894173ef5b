import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import fc from "fast-check";
import type { Dispatcher } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StreamError } from "../errors/errors";
import { deviations, play, type Deviation } from "../test/deviations";
import { partsOf } from "../test/parts";
import { ask, generous, ScriptedUpstream, service } from "../test/upstream";
import { arkDialect } from "./ark";
import { ReadCoalescer } from "./coalescer";
import { Exchange } from "./exchange";
import { Refusal } from "./refusal";
import type { Piece } from "./upstream";

const rows = Object.entries(deviations);

/** What a row expects, with nothing left out. */
const expected = ({ text = "", reasoning = "", end, cause, usage, retryAfterMs }: Deviation["told"]) => ({ text, reasoning, end, cause: cause || undefined, usage, retryAfterMs });

const failure = (error: unknown) => ({
    end: error instanceof StreamError ? error.code : `not a StreamError: ${error}`,
    cause: (error as Error).cause,
    usage: undefined,
    retryAfterMs: error instanceof Refusal ? error.retryAfterMs : undefined,
});

describe("a service that deviates", () => {
    let server: ScriptedUpstream;
    beforeAll(async () => (server = await ScriptedUpstream.start()));
    afterAll(() => server.stop());

    it.each(rows)("%s", async (_id, deviation) => {
        server.script = play(deviation);
        const upstream = service(server.url);
        const { text, reasoning, answer, error } = await ask(upstream);
        await upstream.close();
        const end = answer ? { end: answer.finishReason, cause: undefined, usage: answer.usage, retryAfterMs: undefined } : failure(error);
        expect({ text, reasoning, ...end }).toEqual(expected(deviation.told));
    });
});

/** The same answer, given in these parts without a socket. */
async function told({ status = 200, headers = {}, breaks }: Deviation, parts: Buffer[]) {
    const pieces: Piece[] = [];
    const of = (type: string) => pieces.filter((piece) => piece.type === type).map(({ text }) => text).join("");
    const exchange = new Exchange({ messages: [], requestId: "1", signal: new AbortController().signal, onPiece: (piece) => pieces.push(piece) }, arkDialect, generous, new ReadCoalescer(0));
    const controller = { abort: () => undefined } as unknown as Dispatcher.DispatchController;
    const lower: IncomingHttpHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    exchange.onRequestStart(controller);
    exchange.onResponseStart(controller, status, lower);
    for (const part of parts) exchange.onResponseData(controller, part);
    if (breaks) exchange.onResponseError(controller, Object.assign(new Error("reset"), { code: "UND_ERR_SOCKET" }));
    else exchange.onResponseEnd();
    const end = await exchange.finish.then(({ finishReason, usage }) => ({ end: finishReason, cause: undefined, usage, retryAfterMs: undefined }), failure);
    expect(pieces.every(({ text }) => text !== "" && text.isWellFormed())).toBe(true);
    return { text: of("delta"), reasoning: of("reasoning"), ...end };
}

describe("is read the same wherever its bytes are cut", () => {
    it.each(rows)("%s", async (_id, deviation) => {
        const bytes = Buffer.from(deviation.body as string);
        const whole = expected(deviation.told);
        expect(await told(deviation, [...bytes].map((byte) => Buffer.of(byte)))).toEqual(whole);
        await fc.assert(
            fc.asyncProperty(fc.array(fc.nat(), { maxLength: 12 }), async (places) => {
                expect(await told(deviation, partsOf(bytes, places))).toEqual(whole);
            }),
            { numRuns: 15 },
        );
    });
});

describe("docs/model-services.md", () => {
    const page = readFileSync(join(__dirname, "../../docs/model-services.md"), "utf8");
    const cells = page.split("\n").filter((row) => row.startsWith("| `")).map((row) => row.split(" | "));

    it("names each script once, and no other", () => {
        const named = cells.flatMap(([scripts]) => [...scripts!.matchAll(/`([\w-]+)`/g)].map(([, id]) => id!));
        expect(named.sort()).toEqual(Object.keys(deviations).sort());
    });

    it("says of each where it was seen", () => {
        expect(cells.filter(([, , seen]) => seen !== "precaution" && !/\]\(https:\/\//.test(seen!))).toEqual([]);
    });
});

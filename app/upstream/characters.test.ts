import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cuts, ScriptedUpstream, service, ask, says, token } from "../test/upstream";
import { until } from "../test/world";
import { StreamError } from "../errors/errors";
import { Characters } from "./characters";

describe("characters that a service cuts in two", () => {
    const joined = (parts: string[]) => {
        const characters = new Characters();
        return parts.map((part) => characters.whole(part));
    };

    it("are joined", () => {
        expect(joined(["a\ud83d", "\ude00b", "c"])).toEqual(["a", "😀b", "c"]);
        expect(joined(["\ud83d", "", "\ude00"])).toEqual(["", "", "😀"]);
    });

    it("are dropped when their other half does not come", () => {
        expect(joined(["a\ud83d", "b\ude00c", "\ud83d\ud83d", "\ude00\ud83d"])).toEqual(["a", "bc", "", "😀"]);
    });

    it("are the same text wherever it is cut", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), fc.array(fc.nat(), { maxLength: 10 }), (text, places) => {
                const at = [0, ...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
                const parts = joined(at.slice(1).map((to, index) => text.slice(at[index], to)));
                expect(parts.join("")).toBe(text);
                expect(parts.every((part) => part.isWellFormed())).toBe(true);
            }),
        );
    });
});

describe("half a character", () => {
    const half = token("a").replace('"a"', '"a\\ud83d"');

    it("is in no delta of an answer that is stopped or broken off behind it", async () => {
        const server = await ScriptedUpstream.start((response) => void response.writeHead(200, { "Content-Type": "text/event-stream" }).write(half));
        const upstream = service(server.url);
        const stop = new AbortController();
        const stopped = ask(upstream, { signal: stop.signal, onPiece: () => stop.abort(new StreamError("stopped")) });
        expect(await stopped).toMatchObject({ text: "a", end: "stopped" });
        server.script = cuts(half);
        expect(await ask(upstream)).toMatchObject({ text: "a", end: "upstream_cut" });
        await upstream.close();
        await until(() => server.sockets === 0);
        server.stop();
    });

    it("is not sent to a service, also when it was stored before", async () => {
        const server = await ScriptedUpstream.start(says("b"));
        const upstream = service(server.url);
        await ask(upstream, { messages: [{ role: "assistant", content: "so far \ud83d" }, { role: "user", content: "\ude00 go on 😀" }] });
        expect(server.seen[0]!.body.messages).toEqual([{ role: "assistant", content: "so far " }, { role: "user", content: " go on 😀" }]);
        await upstream.close();
        server.stop();
    });
});

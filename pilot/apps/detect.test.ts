import { describe, expect, it } from "vitest";
import { chat } from "./chat";
import type { Declared } from "./contract";
import { detect } from "./detect";

type Answer = [number, string];
const chatHealth = (status: number): Answer => [status, JSON.stringify({ status: status === 200 ? "healthy" : "unhealthy", degraded: false, region: "US", version: "1.0.0", database: "ok" })];
const series = "# HELP stream_ends_total Streams by how they ended.\n# TYPE stream_ends_total counter\n";
const chatSeries = "# HELP chat_turns_total Turns.\n# TYPE chat_turns_total counter\n";

/** An instance that answers these paths, and all others with 404; without any it isn't there. Ports other than 80 are refused unless named. */
function instance(answers: Record<string, Answer>) {
    const asked: string[] = [];
    const page = async (url: string) => {
        const where = url.replace("http://10.0.1.6", "").replace(/^:80\//, "/");
        asked.push(where);
        const answer = answers[where] ?? answers[where.replace(/^\/.*/, "*")] ?? (where.startsWith(":") || Object.keys(answers).length === 0 ? undefined : ([404, "no such page"] as Answer));
        if (!answer) throw new Error("connect ECONNREFUSED");
        return { status: answer[0], text: answer[1] };
    };
    return { page, asked };
}

const any = { preset: "any", health: "/health", check: "none", metrics: "none" } as const;
const found = (answers: Record<string, Answer>, declared: Declared = {}) => detect(declared, "10.0.1.6:80", instance(answers).page);

describe("what a version has, by its first instance that answers", () => {
    it.each<[string, Record<string, Answer>, Declared, unknown]>([
        ["three lines that answer every path: no metrics, no check", { "*": [200, "hello"] }, {}, any],
        ["three lines that answer every path with a number", { "*": [200, "hello 1"] }, {}, any],
        ["three lines that answer every path with JSON", { "*": [200, '{"status":"healthy","region":"US"}'] }, {}, any],
        ["a health path alone", { "/health": [200, ""] }, {}, any],
        ["no /health, but /api/health", { "/api/health": [200, "ok"] }, {}, { ...any, health: "/api/health" }],
        ["metrics at the usual port", { "/health": [200, ""], ":9464/metrics": [200, series] }, {}, { ...any, metrics: { port: 9464, path: "/metrics" } }],
        ["metrics at its own port", { "/health": [200, ""], "/metrics": [200, series] }, {}, { ...any, metrics: { port: 80, path: "/metrics" } }],
        ["a page at /metrics that is no metrics", { "*": [200, "<html># TYPE of page</html>"] }, {}, any],
        ["metrics that are forbidden", { "/health": [200, ""], "/metrics": [403, series] }, {}, any],
        ["a health path of its own", { "/up": [200, ""] }, { health: "/up" }, { ...any, health: "/up" }],
        ["the bundled app", { "/api/health": chatHealth(200), "/health": [200, ""] }, {}, chat],
        ["the bundled app that can't serve yet", { "/api/health": chatHealth(503) }, {}, chat],
        ["the bundled app with a broken health page", { "/api/health": [500, "{}"], "/health": [200, ""], ":9464/metrics": [200, chatSeries] }, {}, chat],
        ["the bundled app with a check of its own", { "/api/health": chatHealth(200) }, { check: { method: "GET", path: "/", status: 200 } }, { ...chat, check: { method: "GET", path: "/", status: 200 } }],
        ["no question of the bundled app, if its user says so", { "/health": [200, ""], "/api/health": chatHealth(200) }, { preset: "any", health: "/health", check: "none" }, any],
        ["metrics that its user names are not looked for", { "/health": [200, ""] }, { metrics: { port: 8000, path: "/m" } }, { ...any, metrics: { port: 8000, path: "/m" } }],
    ])("%s", async (_, answers, declared, contract) => expect(await found(answers, declared)).toEqual(contract));

    it("its own health path, though another path hangs", async () => {
        const late = Object.assign(new Error("The operation was aborted due to timeout"), { name: "TimeoutError" });
        const page = async (url: string) => (url.endsWith("/up") ? { status: 200, text: "" } : Promise.reject(late));
        expect(await detect({ health: "/up" }, "10.0.1.6:80", page)).toEqual({ ...any, health: "/up" });
        expect(await detect({}, "10.0.1.6:80", page)).toBe("GET /health: The operation was aborted due to timeout");
    });

    it.each<[string, Record<string, Answer>, Declared, string]>([
        ["is not there", {}, {}, "GET /api/health: connect ECONNREFUSED"],
        ["has no health path", { "/": [200, ""] }, {}, "GET /health is answered with 404"],
        ["can't serve yet", { "/health": [503, ""] }, {}, "GET /health is answered with 503"],
        ["is not there, with a path of its own", {}, { preset: "any", health: "/up", check: "none" }, "GET /up: connect ECONNREFUSED"],
    ])("nothing of one that %s, and why", async (_, answers, declared, why) => expect(await found(answers, declared)).toBe(why));
});

import { statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Fault } from "../errors/fault";
import { heard } from "../errors/told";
import { scratch } from "../testing/scratch";
import { Control } from "./control";

let socket: string;
let control: Control;
beforeEach(async () => {
    for (const voice of ["log", "error"] as const) vi.spyOn(console, voice).mockReturnValue(undefined);
    socket = join(scratch(), "pocket.sock");
    control = await Control.open(socket);
});
afterEach(async () => {
    await control.close();
    vi.restoreAllMocks();
});

function ask(method: string, path: string, body?: string): Promise<[number, any]> {
    return new Promise((resolve, reject) => {
        const asked = request({ socketPath: socket, method, path, agent: false }, (reply) => void text(reply).then((all) => resolve([reply.statusCode!, JSON.parse(all)]), reject));
        asked.on("error", reject).end(body);
    });
}

describe("the daemon's door", () => {
    it("is its owner's alone, and takes over what a killed daemon left", async () => {
        expect((statSync(socket).mode & 0o777).toString(8)).toBe("600");
        const left = join(scratch(), "pocket.sock");
        writeFileSync(left, "");
        await (await Control.open(left)).close();
    });

    it("tells from the first moment what is being done", async () => {
        expect(await ask("GET", "/status")).toEqual([200, { ready: false, phase: "starting", pid: process.pid }]);
        control.say("networks");
        expect(await ask("GET", "/status")).toEqual([200, { ready: false, phase: "networks", pid: process.pid }]);
    });

    it("tells what failed: a fault to be reported, or where another error came from", async () => {
        const fault = new Fault("NO_MACHINE", { region: "us" });
        control.fail(fault);
        const [, status] = await ask("GET", "/status");
        expect([status.ready, heard(status.failure, "POCKET_FAILED", () => ({})).report()]).toEqual([false, fault.report()]);
        control.fail(new TypeError("x is undefined"));
        expect((await ask("GET", "/status"))[1].failure).toEqual({ error: expect.stringMatching(/^TypeError: x is undefined\n\s+at /) });
    });

    it("tells its details, as they are now, once it is ready", async () => {
        let machines = 1;
        control.ready(() => ({ machines: machines++ }));
        expect(await ask("GET", "/status")).toEqual([200, { ready: true, phase: "ready", pid: process.pid, machines: 1 }]);
        expect((await ask("GET", "/status"))[1]).toMatchObject({ machines: 2 });
    });

    it("has no door yet while it starts, and none at all later", async () => {
        control.say("machines");
        expect(await ask("POST", "/fault", "{}")).toEqual([503, { error: "the pocket cloud has no POST /fault (machines)" }]);
        control.ready(() => ({}));
        expect(await ask("POST", "/fault", "{}")).toEqual([404, { error: "the pocket cloud has no POST /fault (ready)" }]);
        expect((await ask("POST", "/status"))[0]).toBe(404);
    });

    it("gives a handler the body, and its answer back", async () => {
        control.on("POST", "/claim", async ({ ids }: { ids?: string[] }) => ids?.map((id) => ({ id })));
        expect(await ask("POST", "/claim", '{"ids": ["vpc-1"]}')).toEqual([200, [{ id: "vpc-1" }]]);
        expect(await ask("POST", "/claim")).toEqual([200, {}]);
    });

    it("answers 422 with a fault, another error's message, or what is wrong with the body", async () => {
        const fault = new Fault("NO_MACHINE", { region: "eu" });
        control.on("POST", "/fault", () => Promise.reject(fault));
        control.on("POST", "/llm", () => { throw new Error("no provider openai"); });
        expect(await ask("POST", "/fault", "{}")).toEqual([422, { error: fault.message, fault: { code: "NO_MACHINE", details: { region: "eu" } } }]);
        expect(await ask("POST", "/llm", "{}")).toEqual([422, { error: "no provider openai" }]);
        expect(await ask("POST", "/llm", "{")).toEqual([422, { error: expect.stringContaining("JSON") }]);
    });
});

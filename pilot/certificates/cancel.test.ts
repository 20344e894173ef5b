import { readdirSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { authority } from "../test/authority";
import { Backend } from "../test/backend";
import { scratch } from "../test/scratch";
import { until } from "../test/until";
import { CertificateKeeper } from "./keeper";
import { order } from "./order";
import { Store } from "./store";

afterEach(() => void vi.useRealTimers());

it("an order that is canceled asks its authority nothing more", async () => {
    let gone = false;
    const silent = await new Backend("authority", (request) => void request.socket.once("close", () => (gone = true))).start();
    const canceled = new AbortController();
    const ordered = order({ name: "us.yourapp.test", directory: `http://${silent.address}/dir` }, new Store(scratch(), "authority.test"), canceled.signal);
    ordered.catch(() => undefined);
    await until(() => silent.seen.length > 0, "the first question");
    canceled.abort(new Error("the order took longer than 600 s"));
    await expect(ordered).rejects.toThrow("the order took longer than 600 s");
    await until(() => gone, "the end of the connection");
    expect(silent.seen.length).toBe(1);
    await silent.stop();
});

it("a certificate that comes after its order was given up is not kept", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const folder = scratch();
    const pem = await (await authority()).issue("us.yourapp.test");
    let answer = (_: string) => {};
    let canceled: AbortSignal | undefined;
    const acts = {
        probe: async () => "here" as const,
        order: (_: object, __: Store, signal: AbortSignal) => ((canceled = signal), new Promise<string>((resolve) => (answer = resolve))),
    };
    const stop = new AbortController();
    const keeper = new CertificateKeeper(["us.yourapp.test"], { directory: "https://authority.test/dir" }, new Store(folder, "authority.test"), () => {}, () => {}, acts);
    const running = keeper.run(stop.signal);
    while (canceled === undefined) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(canceled.aborted).toBe(true);
    answer(pem);
    stop.abort();
    await vi.runAllTimersAsync();
    await running;
    expect(readdirSync(folder)).toEqual([]);
    expect((await keeper.status())[0]).toMatchObject({ waiting: "the order took longer than 600 s", notAfter: undefined });
});

import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { until } from "../test/until";
import { DatabaseKeeper } from "./keeper";

it("a database that does not answer is given up, told of, and asked again", async () => {
    const socket = join(scratch(), "mongodb-27017.sock");
    const callers = new Set<Socket>();
    const silent = createServer((caller) => void callers.add(caller.on("error", () => undefined))).listen(socket);
    await once(silent, "listening");
    const stop = new AbortController();
    const keeper = new DatabaseKeeper(socket, { root: "r", user: "u", app: "a" }, () => {}, 0.2);
    const running = keeper.run(stop.signal);
    await until(() => keeper.status().fault === "a look at the database took longer than 0.2 s", "the fault");
    expect(keeper.status().state).toBe("failing");
    const before = callers.size;
    await until(() => callers.size > before, "another try");
    stop.abort();
    await running;
    for (const caller of callers) caller.destroy();
    silent.close();
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { authority } from "../test/authority";
import { scratch } from "../test/scratch";
import { until } from "../test/until";
import { CertificateKeeper } from "./keeper";
import { order } from "./order";
import { Store } from "./store";

const name = "api.yourapp.test";
const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);

describe("a change of the authority", () => {
    it("serves the new one's certificate, though the old one's lasts longer, and an old one before one that has run out", async () => {
        const ca = await authority();
        const store = new Store(scratch(), "new.test");
        await store.keep(name, "old.test", await ca.issue(name, inDays(-1), inDays(365)));
        await store.keep(name, "new.test", await ca.issue(name, inDays(-90), inDays(-1)));
        expect((await store.best(name))?.directory).toBe("old.test");
        await store.keep(name, "new.test", await ca.issue(name, inDays(-1), inDays(90)));
        expect((await store.best(name))?.directory).toBe("new.test");
    });

    it("orders once, and not again at once when what came is of no use", async () => {
        const ca = await authority();
        const stop = new AbortController();
        let orders = 0;
        const acts = { probe: async () => "here" as const, order: async () => (orders++, ca.issue("another.yourapp.test")) };
        const store = new Store(scratch(), "new.test");
        const keeper = new CertificateKeeper([name], { directory: "https://new.test/directory" }, store, () => {}, () => {}, acts);
        const running = keeper.run(stop.signal);
        await until(async () => (await keeper.status())[0]?.waiting?.includes("not for this name"), "a refusal of the certificate");
        stop.abort();
        await running;
        expect(orders).toBe(1);
    });
});

it("an order does not sleep on an authority that is busy", async () => {
    const busy = createServer((_, response) => void response.writeHead(429, { "retry-after": "3600" }).end("{}"));
    await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
    const { port } = busy.address() as AddressInfo;
    await expect(order({ name, directory: `http://127.0.0.1:${port}/directory` }, new Store(scratch(), "busy.test"), new AbortController().signal)).rejects.toThrow();
    busy.close();
}, 10_000);

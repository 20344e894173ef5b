import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import * as acme from "acme-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authority } from "../test/authority";
import { nameServer } from "../test/dns";
import { Nginx, nginx } from "../test/nginx";
import { havePebble, pebble } from "../test/pebble";
import { until } from "../test/until";
import { CertificateKeeper } from "./keeper";
import { order } from "./order";
import { type Reach, probe } from "./probe";
import { Store } from "./store";

const names = ["us.yourapp.test", "api.yourapp.test"];

describe.skipIf(nginx === undefined || !havePebble)("certificates from a real authority", () => {
    let dns: Awaited<ReturnType<typeof nameServer>>;
    let gateway: Nginx;
    let ca: Awaited<ReturnType<typeof pebble>>;
    let store: Store;
    const sites = [...names, "localhost"].map((name) => ({ name }));

    beforeAll(async () => {
        dns = await nameServer(/\.yourapp\.test$/);
        gateway = await Nginx.make();
        await gateway.serve({ region: "us", sites, peers: [], maxStreamSeconds: 3600 });
        ca = await pebble(gateway.layout.httpPort, dns.address);
        acme.axios.defaults.httpsAgent = ca.agent;
        store = new Store(gateway.folder, new URL(ca.directory).host);
    });
    afterAll(async () => {
        await ca.stop();
        await gateway.stop();
        dns.close();
    });

    it("are issued for each name on its own, kept private, and served while others are awaited", async () => {
        const foreign = await (await authority()).issue(names[0]!);
        await store.keep(names[0]!, "an-authority-of-before.test", foreign);
        const stop = new AbortController();
        let changes = 0;
        // The machine has no name of its own, so the probe comes in by another one.
        const acts = { probe: (_: string, known: Store): Promise<Reach> => probe("localhost", known, gateway.layout.httpPort), order };
        const keeper = new CertificateKeeper(names, { directory: ca.directory, email: "ops@yourapp.test" }, store, () => changes++, () => {}, acts);
        expect((await keeper.status()).map(({ issuer }) => issuer)).toEqual(["test authority", undefined]);
        const running = keeper.run(stop.signal);
        await until(() => changes === 2, "two certificates");
        stop.abort();
        await running;
        const held = await keeper.held();
        expect(held.map((one) => one?.issuer)).toEqual([expect.stringMatching(/^Pebble Intermediate/), expect.stringMatching(/^Pebble Intermediate/)]);
        for (const one of held) {
            expect(statSync(one!.file).mode & 0o777).toBe(0o600);
            expect(readFileSync(one!.file, "utf8").match(/-----BEGIN [A-Z ]+-----/g)).toEqual([
                "-----BEGIN PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----",
            ]);
        }
        expect(statSync(join(gateway.folder, "accounts", `${new URL(ca.directory).host}.pem`)).mode & 0o777).toBe(0o600);
        const secured = names.map((name, place) => ({ name, certificate: held[place]!.file }));
        expect(await gateway.test({ region: "us", sites: secured, peers: [], maxStreamSeconds: 3600 })).toBe("");
    });

    it("are not ordered while the name leads elsewhere", async () => {
        const stop = new AbortController();
        const reaches: Reach[] = ["unknown", "elsewhere"];
        let orders = 0;
        const acts = {
            probe: async () => {
                const reach = reaches.shift();
                if (reach === undefined) stop.abort();
                return reach ?? "elsewhere";
            },
            order: async () => String(orders++),
        };
        const keeper = new CertificateKeeper(["cn.yourapp.test"], { directory: ca.directory }, store, () => {}, () => {}, acts);
        await keeper.run(stop.signal);
        expect(orders).toBe(0);
        expect(await keeper.status()).toEqual([
            { name: "cn.yourapp.test", notAfter: undefined, issuer: undefined, waiting: "the name leads to another server" },
        ]);
    });

    it("tell the authority's words when it refuses", async () => {
        await expect(order({ name: "nowhere.invalid", directory: ca.directory }, store, new AbortController().signal)).rejects.toThrow(/nowhere\.invalid|DNS|resol/i);
    });
});

describe("a probe", () => {
    const reach = async (answer: string | undefined): Promise<Reach> => {
        const server = createServer((_, response) => void (answer === undefined ? response.destroy() : response.end(answer)));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const challenges = { challenge: async () => async () => {} } as unknown as Store;
        const found = await probe("localhost", challenges, (server.address() as AddressInfo).port);
        await new Promise((resolve) => server.close(resolve));
        return found;
    };

    it("tells another server from none", async () => {
        expect(await reach("another server's page")).toBe("elsewhere");
        expect(await reach(undefined)).toBe("silent");
    });

    it("tells a name without an address", async () => {
        const challenges = { challenge: async () => async () => {} } as unknown as Store;
        expect(await probe("nowhere.invalid", challenges)).toBe("unknown");
    });
});

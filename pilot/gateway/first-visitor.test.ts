import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Backend } from "../test/backend";
import { ask } from "../test/client";
import { gatewayOf, type Nginx, nginx } from "../test/nginx";
import { firstVisitor } from "./first-visitor";
import type { GatewayState } from "./state";

describe.skipIf(nginx === undefined)("the first visitor", () => {
    let gateway: Nginx, stable: Backend, candidate: Backend, state: GatewayState;
    beforeEach(async () => {
        const made = await gatewayOf("us.yourapp.test");
        gateway = made.gateway;
        [stable, candidate] = [await new Backend("stable").start(), await new Backend("candidate").start()];
        state = { region: "us", sites: [made.site], peers: [], app: { version: "1.4.0", addresses: [stable.address] }, maxStreamSeconds: 3600 };
    });
    afterEach(() => Promise.all([gateway.stop(), stable.stop(), candidate.stop()]));

    it.each([[0, "stable"], [1, "candidate"], [50, "candidate"]])("gets, at %i %%, the %s version", async (weight, version) => {
        await gateway.serve({ ...state, candidate: { version: "1.5.0", addresses: [candidate.address], weight, testers: [] } });
        expect((await ask(gateway, "https://us.yourapp.test/", { headers: { "x-antipode-visitor": firstVisitor } })).body).toBe(version);
    });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask } from "../test/client";
import { nginx } from "../test/nginx";
import { twoVersions, type TwoVersions } from "../test/two-versions";
import { firstVisitor } from "./first-visitor";

describe.skipIf(nginx === undefined)("the first visitor", () => {
    let two: TwoVersions;
    beforeEach(async () => {
        two = await twoVersions();
    });
    afterEach(() => two.stop());

    it.each([[0, "stable"], [1, "candidate"], [50, "candidate"]])("gets, at %i %%, the %s version", async (weight, version) => {
        const { gateway, candidate, state } = two;
        await gateway.serve({ ...state, candidate: { version: "1.5.0", addresses: [candidate.address], weight, testers: [] } });
        expect((await ask(gateway, "https://us.yourapp.test/", { headers: { "x-antipode-visitor": firstVisitor } })).body).toBe(version);
    });
});

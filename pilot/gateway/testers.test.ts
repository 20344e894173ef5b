import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planOf, trafficOf, type Version } from "../releases/plan";
import type { Phase } from "../releases/release";
import { Backend } from "../test/backend";
import { ask } from "../test/client";
import { type Nginx, nginx } from "../test/nginx";
import { twoVersions, type TwoVersions } from "../test/two-versions";
import { until } from "../test/until";
import type { GatewayState } from "./state";
import { linkProof, openidRule, proofOf, proofsOf, testLink } from "./testers";

const key = "0aZ9".repeat(16);
const ada = "o6_bmjrPTlm6_2sgVt7hMZOPfL2M";
const bob = "oABCD0123456789-abcdefghijkl";

describe("the proof of a tester", () => {
    it("is what openssl makes of his OpenID, and the app as well (app/auth/tester.test.ts)", () => {
        // printf 'antipode tester: o6_bmjrPTlm6_2sgVt7hMZOPfL2M' | openssl dgst -sha256 -hmac 0aZ9…
        expect(proofOf(ada, key)).toBe("77204034498d901c37b4978f98ccd5cd");
        // printf 'antipode test link' | openssl dgst -sha256 -hmac 0aZ9…
        expect(linkProof(key)).toBe("e9ebf4a5b831f8ae1bfe8a2407dea606");
        expect(testLink(key)).toBe("antipode_test=e9ebf4a5b831f8ae1bfe8a2407dea606");
    });

    it("is nobody else's, not the link's, and another with another key", () => {
        const openid = fc.stringMatching(openidRule);
        fc.assert(fc.property(openid, openid, (one, other) => {
            expect(proofOf(one, key)).toMatch(/^[0-9a-f]{32}$/);
            expect(proofOf(one, key) === proofOf(other, key)).toBe(one === other);
            expect([proofOf(one, key), proofOf(one, `${key}0`)]).not.toContain(linkProof(key));
            expect(proofOf(one, key)).not.toBe(proofOf(one, `${key}0`));
        }));
        // What would be the link's, were there not a word before each OpenID.
        for (const word of ["link", "antipode test link", ": antipode test link", ""]) expect(proofOf(word, key)).not.toBe(linkProof(key));
    });

    it("is given to the gateway of each who is listed, once, beside the link's", () => {
        expect(proofsOf([ada, bob, ada], key)).toEqual([linkProof(key), proofOf(ada, key), proofOf(bob, key)]);
        expect(proofsOf([], key)).toEqual([linkProof(key)]);
        expect([proofsOf([ada], undefined), testLink(undefined)]).toEqual([[], undefined]);
    });
});

describe.skipIf(nginx === undefined)("a gateway with testers", () => {
    const home = "https://us.yourapp.test";
    let two: TwoVersions;
    let gateway: Nginx;
    let stable: Backend, candidate: Backend;
    let state: GatewayState;

    beforeEach(async () => {
        two = await twoVersions();
        ({ gateway, stable, candidate, state } = two);
    });
    afterEach(() => two.stop());

    /** Serves as the pilot would in this phase of a release. */
    async function serve(phase: Phase, proofs: string[], weights = [10, 100]): Promise<void> {
        const version = (version: string, ordinal: number, { address }: Backend): Version => ({ version, ordinal, wished: 1, addresses: [address] });
        const release = { id: "1", version: "1.5.0", from: "1.4.0", strategy: { weights, windowSeconds: 600 }, phase, step: 0, since: 1, watched: 0 };
        const traffic = trafficOf(planOf([{ ...version("1.4.0", 1, stable), servingSince: 1 }, { ...version("1.5.0", 2, candidate), release }]));
        await gateway.serve({ ...state, app: traffic.stable, candidate: traffic.candidate && { ...traffic.candidate.version, weight: traffic.candidate.weight, testers: proofs } });
    }
    const version = async (headers: Record<string, string>, query = "") => (await ask(gateway, `${home}/api/health${query}`, { headers })).body;
    /** Each way to come with a proof. */
    const ways = (proof: string): [Record<string, string>, string?][] => [
        [{ "x-antipode-tester": proof }],
        [{ cookie: `theme=dark; antipode_tester=${proof}` }],
        [{}, `?antipode_test=${proof}`],
        [{}, `?page=2&antipode_test=${proof}&more`],
    ];
    const by = (proof: string) => Promise.all(ways(proof).map(([headers, query]) => version(headers, query)));

    it.each<Phase>(["starting", "testing"])("shows the candidate to them alone in the phase %s", async (phase) => {
        await serve(phase, proofsOf([ada], key));
        for (const proof of [proofOf(ada, key), linkProof(key)]) expect(await by(proof)).toEqual(["candidate", "candidate", "candidate", "candidate"]);
        expect(await version({})).toBe("stable");
    });

    it("shows it to them whatever share of the visitors gets it", async () => {
        await serve("canary", proofsOf([ada], key), [1, 100]);
        // One who is not in the share.
        const outside = await until(async () => {
            const id = Math.random().toString(36).slice(2).padEnd(16, "0");
            return (await version({ "x-antipode-visitor": id })) === "stable" && id;
        }, "a visitor of the stable version");
        expect(await version({ "x-antipode-visitor": outside, "x-antipode-tester": proofOf(ada, key) })).toBe("candidate");
        expect(await version({ "x-antipode-visitor": outside, "x-antipode-tester": proofOf(bob, key) })).toBe("stable");
    });

    it.each<[string, string]>([
        ["somebody who is not listed", proofOf(bob, key)],
        ["the OpenID of a tester", ada],
        ["nothing", ""],
        ["a proof by another key", proofOf(ada, "0".repeat(64))],
        ["a part of a proof", proofOf(ada, key).slice(0, 31)],
        ["a proof and more", `${proofOf(ada, key)}0`],
        ["two proofs in one", `${linkProof(key)}%20${proofOf(ada, key)}`],
        ["a pattern", ".*"],
        ["a version's name", "candidate"],
        ["what a map says", "1"],
    ])("does not show it for %s", async (_, proof) => {
        await serve("testing", proofsOf([ada], key));
        expect(await by(proof)).toEqual(["stable", "stable", "stable", "stable"]);
    });

    it("shows it to nobody without a key, or when a tester was taken off the list", async () => {
        await serve("testing", proofsOf([ada], undefined));
        expect(await by(proofOf(ada, key))).toEqual(["stable", "stable", "stable", "stable"]);
        await serve("testing", proofsOf([bob], key));
        expect(await by(proofOf(ada, key))).toEqual(["stable", "stable", "stable", "stable"]);
        expect(await by(linkProof(key))).toEqual(["candidate", "candidate", "candidate", "candidate"]);
    });

    it("knows one among a thousand", async () => {
        const many = Array.from({ length: 1_000 }, (_, index) => `oTester-${index}`);
        await serve("testing", proofsOf(many, key));
        expect(await Promise.all([0, 500, 999, 1_000].map((index) => version({ "x-antipode-tester": proofOf(`oTester-${index}`, key) })))).toEqual(["candidate", "candidate", "candidate", "stable"]);
    });

    it("leaves a cookie behind for a proof that is one, and for no other", async () => {
        await serve("testing", proofsOf([ada], key));
        const given = async (query: string) => ((await ask(gateway, `${home}/${query}`)).headers["set-cookie"] ?? []).filter((cookie) => cookie.startsWith("antipode_tester"));
        expect(await given(`?antipode_test=${linkProof(key)}`)).toEqual([`antipode_tester=${linkProof(key)}; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax`]);
        expect(await given(`?antipode_test=${proofOf(bob, key)}`)).toEqual([]);
        expect(await given("")).toEqual([]);
    });

    it("writes no proof into its access log", async () => {
        await serve("testing", proofsOf([ada], key));
        await by(proofOf(ada, key));
        await until(() => gateway.accesses().length === 4, "all lines");
        expect(gateway.accesses().map(({ path, version }) => [path, version])).toEqual(Array(4).fill(["/api/health", "1.5.0"]));
        expect(JSON.stringify(gateway.accesses())).not.toMatch(new RegExp(`antipode_test|${proofOf(ada, key)}`));
    });
});

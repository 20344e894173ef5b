import { beforeEach, describe, expect, it } from "vitest";
import type { Version } from "../releases/plan";
import { type Checked, Checks, coreOf } from "./checks";

const checked = (failed: number[], passed: number[] = []): Checked => ({ failed, passed });

describe("what checks say of a version", () => {
    it.each<[string, Checked, Checked | undefined, string]>([
        ["none", checked([]), checked([], [5]), "not yet"],
        ["one that passed", checked([], [10]), checked([], [5]), "passed"],
        ["one that failed after one that passed: it may be chance", checked([20], [10]), checked([], [15]), "passed"],
        ["one that failed alone", checked([10]), checked([], [5]), "not yet"],
        ["two that failed, and the other passed between them", checked([10, 20], [0]), checked([], [5, 15]), "failed"],
        ["the same, long after", checked([10, 20, 30, 40]), checked([], [15, 25, 35, 45]), "failed"],
        ["two that failed, and the other passed before them only: it may fail too", checked([10, 20]), checked([], [5]), "failing"],
        ["two that failed, and the other has begun to", checked([10, 20]), checked([15], [5]), "failing"],
        ["two that failed, and the other's two too", checked([10, 20]), checked([15, 25], [5]), "failed"],
        ["two that failed, and the other is well since: this one may be too", checked([10, 20]), checked([], [25]), "failing"],
        ["that it goes on failing after the other is well", checked([10, 20, 30]), checked([], [25]), "failed"],
        ["two that failed, and there is no other", checked([10, 20]), undefined, "failed"],
        ["one that passed, and an instance that was not asked yet", { ...checked([], [10]), unasked: 1 }, checked([], [5]), "not yet"],
    ])("with %s", (_, own, stable, core) => expect(coreOf(own, stable)).toBe(core));
});

describe("the checks of versions", () => {
    const version: Version = { version: "1.5.0", ordinal: 1, wished: 1, addresses: ["10.0.1.6:80", "10.0.1.7:80"] };
    let now: number;
    let asked: string[];
    let ends: ((error?: Error) => void)[];
    let checks: Checks;
    beforeEach(() => {
        [now, asked, ends] = [100_000, [], []];
        const core = { run: (address: string) => (asked.push(address), new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())))) };
        checks = new Checks(core, () => now);
    });
    const end = async (ms: number, error?: Error) => {
        now += ms;
        ends.shift()!(error);
        await new Promise(setImmediate);
    };

    it("are made ten seconds after one another, one at a time, by one of its instances", async () => {
        checks.begin(version);
        now += 30_000;
        checks.begin(version);
        expect(asked).toEqual(["10.0.1.6:80"]);
        await end(0);
        checks.begin(version);
        now += 9_999;
        checks.begin(version);
        expect(asked).toHaveLength(1);
        now += 1;
        checks.begin(version);
        expect(asked).toHaveLength(2);
        checks.begin({ ...version, version: "1.4.0", addresses: [] });
        expect(asked).toHaveLength(2);
    });

    describe("of several instances", () => {
        /** Checks a version so many times; gives the instances that were asked, by the last digit of their address. */
        const asks = async (times: number, bad: string, one = version) => {
            const from = asked.length;
            for (let time = 0; time < times; time += 1) {
                checks.begin(one);
                await end(0, asked.at(-1)!.includes(bad) ? new Error("a chat broke off") : undefined);
                now += 10_000;
            }
            return asked.slice(from).map((address) => address.slice(7, 8)).join("");
        };
        const none = "none";

        it("ask each of them in turn", async () => {
            expect(await asks(4, none)).toBe("6767");
        });

        it("ask one that failed again, so that one bad instance is found among good ones", async () => {
            expect(await asks(4, ".7:")).toBe("6777");
            expect(coreOf(checks.of("1.5.0"))).toBe("failed");
            expect(await asks(3, none)).toBe("767");
            expect(coreOf(checks.of("1.5.0"))).toBe("passed");
        });

        it("have not passed before each was asked, and ask a new one first", async () => {
            await asks(1, none);
            checks.begin(version);
            expect(coreOf(checks.of("1.5.0"))).toBe("not yet");
            await end(0);
            now += 10_000;
            expect(await asks(4, none, { ...version, addresses: [...version.addresses, "10.0.1.8:80"] })).toBe("8678");
        });

        it("go on with another one when the one that failed is gone", async () => {
            await asks(1, ".6:");
            expect(await asks(2, none, { ...version, addresses: ["10.0.1.7:80"] })).toBe("77");
        });

        it("remember the same number of failures however long they last", async () => {
            await asks(100, ".");
            expect(checks.of("1.5.0").failed.length).toBe(10);
        });
    });

    it("are remembered by when they began; one that passed ends those that failed, and the last complaint stays", async () => {
        for (const error of [undefined, new Error("a chat broke off"), new Error("a login was refused")]) {
            checks.begin(version);
            await end(2_000, error);
            now += 10_000;
        }
        expect([checks.of("1.5.0"), checks.complaint("1.5.0")]).toMatchObject([{ passed: [100_000], failed: [112_000, 124_000] }, "a login was refused"]);
        checks.begin(version);
        await end(0);
        expect(checks.of("1.5.0")).toMatchObject({ passed: [100_000, 136_000], failed: [] });
        checks.forget("1.5.0");
        expect(checks.of("1.5.0")).toEqual({ failed: [], passed: [] });
    });
});

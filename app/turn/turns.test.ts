import { describe, expect, it } from "vitest";
import { gate } from "../test/upstream";
import { until } from "../test/world";
import { Turns, type Turn } from "./turns";

const options = { perUser: 2, keepMs: 60_000, keepBytes: 1_000 };

/** A turn's work that ends when it is told to, with as many events. */
function work(events: number): { run: (turn: Turn) => Promise<void>; end: () => void } {
    const { wait, open } = gate();
    const run = async (turn: Turn) => {
        await Promise.race([wait, new Promise((resolve) => turn.signal.addEventListener("abort", resolve))]);
        for (let event = 0; event < events; event += 1) turn.log.append("done", {});
    };
    return { run, end: open };
}

describe("the turns of an instance", () => {
    it("are found by their user alone", async () => {
        const turns = new Turns(options);
        const turn = turns.run("ada", "t1", work(1).run);
        expect(turns.find("t1", "ada")).toBe(turn);
        expect(turns.find("t1", "bob")).toBeUndefined();
    });

    it("stop the oldest of a user who has too many, and nobody else's", async () => {
        const turns = new Turns(options);
        const bobs = turns.run("bob", "b", work(1).run);
        const [first, second, third] = ["1", "2", "3"].map((id) => turns.run("ada", id, work(1).run));
        expect([first, second, third, bobs].map((turn) => turn!.signal.aborted)).toEqual([true, false, false, false]);
        expect(first!.signal.reason.code).toBe("taken_over");
    });

    it("tell when none runs any more", async () => {
        const turns = new Turns(options);
        const [one, two] = [work(1), work(1)];
        turns.run("ada", "1", one.run);
        turns.run("ada", "2", two.run);
        let idle = false;
        void turns.idle().then(() => (idle = true));
        one.end();
        await until(() => turns.active === 1);
        expect(idle).toBe(false);
        two.end();
        await until(() => idle);
    });

    it("tell it only when what was to become a turn has become one, or has failed", async () => {
        const turns = new Turns(options);
        const kept = gate();
        const one = work(1);
        const begun = turns.reserve(async () => {
            await kept.wait;
            return turns.run("ada", "1", one.run);
        });
        const refused = turns.reserve(() => Promise.reject(new Error("no room")));
        let idle = false;
        void turns.idle().then(() => (idle = true));
        await expect(refused).rejects.toThrow("no room");
        expect([turns.active, idle]).toEqual([0, false]);
        kept.open();
        expect((await begun).id).toBe("1");
        expect([turns.active, idle]).toEqual([1, false]);
        one.end();
        await until(() => idle);
    });

    it("end at once when they begin after all were closed", async () => {
        const turns = new Turns(options);
        const running = turns.run("ada", "1", work(1).run);
        turns.close("draining");
        const late = turns.run("ada", "2", work(1).run);
        expect([running, late].map(({ signal }) => signal.reason.code)).toEqual(["draining", "draining"]);
        await turns.idle();
    });

    it("tell their reader of a fault of our own", async () => {
        const faults: unknown[] = [];
        const turns = new Turns({ ...options, onFault: (error) => faults.push(error) });
        const turn = turns.run("ada", "1", () => Promise.reject(new Error("a mistake")));
        await turns.idle();
        expect([turn.log.ended, turn.log.frame(1), faults]).toEqual([true, expect.stringContaining('"code":"internal"'), [new Error("a mistake")]]);
    });

    it("are kept for a while after their end, the newest as long as there is memory", async () => {
        const turns = new Turns(options);
        for (const id of ["1", "2", "3", "4"]) {
            const one = work(1);
            turns.run("ada", id, one.run);
            one.end();
            await turns.idle();
        }
        expect(["1", "2", "3", "4"].map((id) => turns.find(id, "ada") !== undefined)).toEqual([false, true, true, true]);
    });

    it("are forgotten when that while is over", async () => {
        const turns = new Turns({ ...options, keepMs: 20 });
        const one = work(1);
        turns.run("ada", "1", one.run);
        one.end();
        await until(() => turns.find("1", "ada") === undefined);
    });
});

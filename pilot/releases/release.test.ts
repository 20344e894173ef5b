import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, goOn, isUnderWay, type Limits, pause, type Release, resume, type Sight, weightOf } from "./release";
import { parseStrategy } from "./strategy";
import { type Figures, judge, usualRules } from "./verdict";

const limits: Limits = { startSeconds: 180, testSeconds: 0, keepSeconds: 120, rules: usualRules };
const good: Figures = { requests: 100, synthetic: 0, failed: 0, cut: 0, firstToken: { count: 0, p95: 0 }, restarts: 0, outOfMemory: 0, up: true, downSeconds: 0, core: "passed" };
const bad: Figures = { ...good, failed: 10 };
const soSo: Figures = { ...good, failed: 2 };
const well: Sight = { up: true, led: true, crashes: 0, candidate: good, stable: good };

const begun = (more: Partial<Release> = {}): Release => ({
    id: "r1", version: "1.5.0", from: "1.4.0", strategy: parseStrategy("routine"), phase: "starting", step: 0, since: 0, watched: 0, ...more,
});
const canary = (more: Partial<Release> = {}): Release => begun({ phase: "canary", step: 1, ...more });

/** Where it is, looked at every ten seconds for so long: phase and weight, when they changed. */
function course(release: Release, seconds: number, seen: (at: number, release: Release) => Sight, more: Partial<Limits> = {}): [number, string, number][] {
    const course: [number, string, number][] = [];
    let now = release;
    for (let at = 0; at <= seconds; at += 10) {
        now = advance(now, seen(at, now), { ...limits, ...more }, at * 1000).release;
        const [, phase, weight] = course.at(-1) ?? [];
        if (phase !== now.phase || weight !== weightOf(now)) course.push([at, now.phase, weightOf(now)]);
    }
    return course;
}

describe("a release", () => {
    it.each<[string, [number, string, number][]]>([
        ["low", [[0, "full", 100], [120, "finished", 100]]],
        ["medium", [[0, "canary", 10], [600, "canary", 50], [1200, "full", 100], [1320, "finished", 100]]],
        ["routine", [[0, "canary", 10], [600, "canary", 30], [1200, "canary", 50], [1800, "full", 100], [1920, "finished", 100]]],
        ["high", [[0, "canary", 5], [900, "canary", 10], [1800, "canary", 30], [2700, "canary", 50], [3600, "canary", 80], [4500, "full", 100], [4620, "finished", 100]]],
    ])("of a good version goes by %s", (strategy, steps) => {
        expect(course(begun({ strategy: parseStrategy(strategy) }), 5_000, () => well)).toEqual(steps);
    });

    it("of the first version of all is finished when it is healthy", () => {
        const seen = (at: number): Sight => ({ up: at >= 3_000, led: true, crashes: at / 100 });
        // However long that takes: there is nothing to go back to.
        expect(course(begun({ from: undefined }), 4_000, seen)).toEqual([[0, "starting", 0], [3_000, "finished", 100]]);
    });

    it("is the testers' for a while, where it has more than one step", () => {
        expect(course(begun(), 700, () => well, { testSeconds: 60 })).toEqual([[0, "testing", 0], [60, "canary", 10], [660, "canary", 30]]);
        expect(course(begun({ strategy: parseStrategy("low") }), 100, () => well, { testSeconds: 60 })[0]).toEqual([0, "full", 100]);
    });

    it.each<[string, Release, Sight, number, string]>([
        ["never is healthy", begun(), { up: false, led: true, crashes: 2 }, 180, "gone back: no instance was healthy within 180 s"],
        ["never is ready, and says why", begun(), { up: false, unready: "GET /up is answered with 404", led: true, crashes: 0 }, 180, "gone back: no instance was healthy within 180 s: GET /up is answered with 404"],
        ["ends again and again", begun(), { up: false, led: true, crashes: 3 }, 10, "gone back: 3 instances ended before they were healthy"],
        ["fails in its window", canary(), { ...well, candidate: bad }, 600, "gone back: 10 % errors of 100 requests (10 failed, 0 streams cut), more than 5 %"],
        ["fails grossly", canary(), { ...well, candidate: { ...good, cut: 50 } }, 10, "gone back: 50 % errors of 100 requests (0 failed, 50 streams cut), more than 25 %"],
        ["fails with its testers", begun({ phase: "testing" }), { ...well, candidate: { ...good, core: "failed" } }, 10, "gone back: its own check failed"],
        ["fails when all have it", begun({ phase: "full" }), { ...well, candidate: bad }, 120, "gone back: 10 % errors of 100 requests (10 failed, 0 streams cut), more than 5 %"],
        ["is gone while it is paused", canary({ paused: "by somebody" }), { ...well, candidate: { ...good, up: false, downSeconds: 20 } }, 10, "gone back: no instance has been healthy for 20 s"],
    ])("of a version that %s goes back", (_, release, sight, seconds, told) => {
        expect(advance(release, sight, limits, (seconds - 10) * 1000 - 1).told).toBe(seconds > 10 ? undefined : told);
        const look = advance(release, sight, limits, seconds * 1000);
        expect([look.told, look.release.phase, weightOf(look.release), look.release.since]).toEqual([told, "back", 0, seconds * 1000]);
    });

    it("waits as long as there is too little traffic, or nothing can be seen", () => {
        const few = { ...well, candidate: { ...good, requests: 3 } };
        const course_ = course(canary(), 5_000, (at) => (at < 2_000 ? few : at < 4_000 ? { ...well, stable: undefined } : well));
        expect(course_).toEqual([[0, "canary", 30], [4_000, "canary", 50], [4_600, "full", 100], [4_720, "finished", 100]]);
        expect(advance(canary(), few, limits, 600_000).verdict).toEqual({ is: "little", why: "3 requests of at least 20" });
    });

    it("waits until the gateway leads visitors as it should: till then nobody has tried the version", () => {
        expect(course(canary(), 5_000, (at) => (at < 2_000 ? { ...well, led: false } : well))).toEqual([[0, "canary", 30], [2_000, "canary", 50], [2_600, "full", 100], [2_720, "finished", 100]]);
        expect(advance(canary(), { ...well, led: false }, limits, 600_000).verdict).toEqual({ is: "blind", why: "the gateway does not lead visitors to it yet" });
    });

    it("outlives its machine's beginning again: neither version has an instance, then one, then both", () => {
        const down = (downSeconds: number): Figures => ({ ...good, up: false, downSeconds });
        const seen = (at: number): Sight => at < 300 ? well : at < 330 ? { ...well, candidate: down(at - 300), stable: down(at - 300) } : at < 340 ? { ...well, candidate: down(at - 320) } : well;
        expect(course(canary(), 700, seen)).toEqual([[0, "canary", 30], [600, "canary", 50]]);
        // Had the candidate not come up:
        expect(course(canary(), 700, (at) => (at < 340 ? seen(at) : { ...well, candidate: down(at - 320) }))).toEqual([[0, "canary", 30], [340, "back", 0]]);
        // Had neither:
        const [early, late] = [599, 600].map((seconds) => advance(canary(), seen(329), limits, seconds * 1000));
        expect([early!.told, late!.told, weightOf(late!.release)]).toEqual([undefined, "paused: both versions are bad: no instance has been healthy for 29 s; of the stable version: no instance has been healthy for 29 s", 30]);
    });

    it("that is paused while it starts gets no visitors when it is healthy, until it is resumed", () => {
        const paused = begun({ paused: "by somebody" });
        expect(advance(paused, well, limits, 10_000)).toEqual({ release: paused });
        expect(advance(paused, { ...well, up: false }, limits, 180_000).told).toBe("gone back: no instance was healthy within 180 s");
        expect(advance(resume(paused, 10_000).release, well, limits, 11_000).told).toBe("10 % of the visitors get it");
    });

    it("that nobody can see any more keeps the version before at hand", () => {
        expect(course(begun({ phase: "full" }), 1_000, (at) => (at < 500 ? { ...well, candidate: undefined } : well))).toEqual([[0, "full", 100], [500, "finished", 100]]);
    });

    it("that is neither good nor bad is watched for three windows and then a person's", () => {
        let release = canary();
        const told = [600, 1_200, 1_800, 2_400].map((seconds) => {
            const look = advance(release, { ...well, candidate: soSo }, limits, seconds * 1000);
            release = look.release;
            return look.told;
        });
        const why = "2 % errors of 100 requests, the stable version 0 %";
        expect(told).toEqual([`watched for another window: ${why}`, `watched for another window: ${why}`, `paused: 3 windows on end: ${why}`, undefined]);
        expect(weightOf(release)).toBe(30);
    });

    it("stands still where both versions are bad, for going back would help nobody", () => {
        const look = advance(canary(), { ...well, candidate: bad, stable: bad }, limits, 600_000);
        expect([look.verdict?.is, look.release.phase, weightOf(look.release)]).toEqual(["fire", "canary", 30]);
        expect(look.release.paused).toMatch(/^both versions are bad: 10 % errors/);
        // Nor is it said again, however bad it becomes.
        const worse = { ...bad, failed: 90 };
        for (const seen of [bad, worse]) expect(advance(look.release, { ...well, candidate: seen, stable: seen }, limits, 700_000)).toEqual({ release: look.release });
    });

    it("is paused, resumed with a new window, and led on by hand", () => {
        const paused = pause(canary(), "by ops").release;
        expect(advance(paused, well, limits, 9e9)).toEqual({ release: paused });
        const resumed = resume(paused, 1_000_000).release;
        expect([advance(resumed, well, limits, 1_599_000).told, advance(resumed, well, limits, 1_600_000).told]).toEqual([undefined, "50 % of the visitors get it"]);
        expect(goOn(paused, 5).release).toMatchObject({ step: 2, since: 5, paused: undefined });
    });

});

describe("a release, whatever is seen of it", () => {
    const figures = fc.record({
        requests: fc.nat(60), synthetic: fc.nat(5), failed: fc.nat(4), cut: fc.nat(4),
        firstToken: fc.record({ count: fc.nat(40), p95: fc.constantFrom(200, 300, 900) }),
        restarts: fc.nat(2), outOfMemory: fc.constantFrom(0, 0, 0, 0, 1), up: fc.constantFrom(true, true, true, false), downSeconds: fc.nat(40),
        core: fc.constantFrom("passed" as const, "passed" as const, "passed" as const, "not yet" as const, "failed" as const, "failing" as const),
    });
    const seen: fc.Arbitrary<Figures | undefined> = fc.oneof({ weight: 12, arbitrary: fc.constant(good) }, { weight: 2, arbitrary: figures }, { weight: 1, arbitrary: fc.constant(undefined) });
    const sight: fc.Arbitrary<Sight> = fc.record({ up: fc.constantFrom(true, true, false), led: fc.constantFrom(true, true, true, false), crashes: fc.constantFrom(0, 0, 0, 3), candidate: seen, stable: seen });
    /** What happens next: so many seconds pass and something is seen, or a person says a word. */
    const happening = fc.oneof({ weight: 8, arbitrary: fc.record({ sight, seconds: fc.integer({ min: 1, max: 700 }) }) }, { weight: 1, arbitrary: fc.constantFrom("pause" as const, "resume" as const) });
    const strategy = fc.constantFrom("low", "medium", "high", "routine", "20,60,100").map(parseStrategy);

    /** Each pair of neighbours on a random way, with what was seen between them and the seconds that its step had lasted. */
    function always(check: (before: Release, after: Release, between: { sight: Sight; lasted: number } | "pause" | "resume") => void): void {
        fc.assert(fc.property(strategy, fc.constantFrom(0, 60), fc.array(happening, { maxLength: 40 }), (strategy, testSeconds, happenings) => {
            let release = begun({ strategy });
            let now = 0;
            for (const one of happenings) {
                if (typeof one !== "string") now += one.seconds * 1000;
                const next = one === "pause" ? pause(release, "by somebody") : one === "resume" ? resume(release, now) : advance(release, one.sight, { ...limits, testSeconds }, now);
                check(release, next.release, typeof one === "string" ? one : { sight: one.sight, lasted: (now - release.since) / 1000 });
                if (isUnderWay(release) || typeof one !== "string") release = next.release;
            }
        }), { numRuns: 2_000 });
    }

    it("gets more and more visitors, until it gets none", () => {
        always((before, after) => {
            if (weightOf(after) < weightOf(before)) expect(after.phase).toBe("back");
            if (before.phase === "back") expect(weightOf(after)).toBe(0);
        });
    });

    it("gets more by a window that is over, in which enough was seen of both versions, and was good", () => {
        let steps = 0;
        always((before, after, between) => {
            if (before.phase !== "canary" || weightOf(after) <= weightOf(before)) return;
            if (typeof between === "string") throw new Error(`${between} led it on`);
            steps += 1;
            const { sight: { candidate, stable }, lasted } = between;
            expect(judge(candidate, stable, usualRules).is).toBe("pass");
            expect(stable).toBeDefined();
            expect(candidate!.requests).toBeGreaterThanOrEqual(usualRules.minRequests);
            expect([candidate!.up, candidate!.core, between.sight.led]).toEqual([true, "passed", true]);
            expect(lasted).toBeGreaterThanOrEqual(before.strategy.windowSeconds);
        });
        // Or nothing was tried.
        expect(steps).toBeGreaterThan(100);
    });

    it("does not go forward while it is paused, and goes no other way than back", () => {
        always((before, after, between) => {
            if (before.paused === undefined || between === "resume") return;
            if (after.phase !== before.phase) expect(after.phase).toBe("back");
            else expect([after.step, after.since]).toEqual([before.step, before.since]);
        });
    });

    it("is over when it is over", () => {
        always((before, after, between) => {
            if (!isUnderWay(before) && typeof between !== "string") expect(after).toBe(before);
        });
    });
});

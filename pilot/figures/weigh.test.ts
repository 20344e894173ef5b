import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capOf, type Tally, weigh } from "./weigh";

const from = (answered: number, failed = 0, cut = 0, left = 0): Tally => ({ answered, failed, cut, left });
const times = (count: number, tally: Tally): Tally[] => Array<Tally>(count).fill(tally).map((one) => ({ ...one }));
const percent = ({ requests, failed, cut }: { requests: number; failed: number; cut: number }) => (requests === 0 ? 0 : ((failed + cut) / requests) * 100);

describe("what counts of the requests of all addresses", () => {
    it.each<[string, Tally[], ReturnType<typeof weigh>]>([
        ["nobody", [], { requests: 0, failed: 0, cut: 0, excluded: { left: 0, capped: 0, trimmed: 0 } }],
        ["one address", [from(90, 10)], { requests: 0, failed: 0, cut: 0, excluded: { left: 0, capped: 0, trimmed: 100 } }],
        ["two that fail", [from(5, 5), from(5, 5)], { requests: 10, failed: 5, cut: 0, excluded: { left: 0, capped: 0, trimmed: 10 } }],
        ["two, one of which fails", [from(10), from(0, 10)], { requests: 0, failed: 0, cut: 0, excluded: { left: 0, capped: 0, trimmed: 20 } }],
        ["many that are content", times(10, from(10)), { requests: 80, failed: 0, cut: 0, excluded: { left: 0, capped: 0, trimmed: 20 } }],
        ["many that are not", times(10, from(8, 1, 1)), { requests: 81, failed: 9, cut: 9, excluded: { left: 0, capped: 0, trimmed: 9 } }],
        ["visitors who leave", times(10, from(10, 0, 0, 3)), { requests: 80, failed: 0, cut: 0, excluded: { left: 30, capped: 0, trimmed: 20 } }],
        ["one who does nothing else", [...times(10, from(10)), from(0, 0, 0, 134)], { requests: 80, failed: 0, cut: 0, excluded: { left: 134, capped: 0, trimmed: 20 } }],
        ["one that fails without end", [...times(20, from(10)), from(0, 100_000)], { requests: 190, failed: 0, cut: 0, excluded: { left: 0, capped: 99_978.95, trimmed: 31.05 } }],
        ["one that succeeds without end, and others that fail", [...times(20, from(9, 1)), from(100_000)], { requests: 190, failed: 19, cut: 0, excluded: { left: 0, capped: 99_978.95, trimmed: 31.05 } }],
        ["one person with an address of each family", [...times(198, from(10)), ...times(2, from(0, 100_000))], { requests: 2_011.25, failed: 41.25, cut: 0, excluded: { left: 0, capped: 199_917.5, trimmed: 51.25 } }],
        ["a cut whose answer lies before the window", times(3, from(0, 0, 2)), { requests: 4, failed: 0, cut: 4, excluded: { left: 0, capped: 0, trimmed: 2 } }],
    ])("with %s", (_, tallies, counted) => expect(weigh(tallies)).toEqual(counted));

    it("has the pilot's own requests in it, whoever sends what", () => {
        expect(weigh([from(0, 500)], { requests: 20, failed: 0, cut: 0 })).toMatchObject({ requests: 20, failed: 0 });
        expect(weigh([from(500)], { requests: 20, failed: 10, cut: 0 })).toMatchObject({ requests: 20, failed: 10 });
    });

    const tally = fc.record({ answered: fc.nat(50), failed: fc.nat(50), cut: fc.nat(20), left: fc.nat(50) });
    const flood = fc.record({ answered: fc.nat(100_000), failed: fc.nat(100_000), cut: fc.nat(100_000), left: fc.nat(1_000) });
    const rate = fc.constantFrom(1, 5, 25);
    const of = ({ answered, failed, cut }: Tally) => percent({ requests: Math.max(answered, cut) + failed, failed, cut });

    it("is not beyond a threshold because of one address", () => {
        fc.assert(fc.property(fc.array(tally, { maxLength: 60 }), flood, rate, (all, hostile, most) => {
            const others = all.filter((one) => of(one) <= most);
            expect(percent(weigh([hostile, ...others]))).toBeLessThanOrEqual(most + 0.01);
        }), { numRuns: 2_000 });
    });

    it("is beyond a threshold whatever one address does, if it is for all others", () => {
        fc.assert(fc.property(fc.array(tally, { minLength: 2, maxLength: 60 }), flood, rate, (all, hostile, most) => {
            const others = all.filter((one) => of(one) > most);
            fc.pre(others.length > 1);
            expect(percent(weigh([...others, hostile]))).toBeGreaterThan(most - 0.01);
        }), { numRuns: 2_000 });
    });

    it("does not depend on the order of addresses, nor on those that only left", () => {
        fc.assert(fc.property(fc.array(tally, { maxLength: 30 }), (all) => {
            const { excluded, ...counted } = weigh(all);
            expect(percent(weigh([...all].reverse()))).toBeCloseTo(percent(counted), 1);
            expect(weigh([...all, from(0, 0, 0, 7)])).toEqual({ ...counted, excluded: { ...excluded, left: excluded.left + 7 } });
        }));
    });

    it("and what does not count is all that came", () => {
        fc.assert(fc.property(fc.array(tally, { maxLength: 60 }), (all) => {
            const { requests, excluded } = weigh(all);
            const came = all.reduce((sum, { answered, failed, cut }) => sum + Math.max(answered, cut) + failed, 0);
            expect(requests + excluded.capped + excluded.trimmed).toBeCloseTo(came, 1);
        }));
    });
});

describe("the share of an address", () => {
    it.each<[string, number[], number]>([
        ["nobody", [], Infinity],
        ["alone", [1_000], 2_000],
        ["two", [1_000, 1], 1_001],
        ["three, one of which asks more", [1_000, 10, 10], 40],
        ["ten, one of which asks more", [1_000, ...Array<number>(9).fill(10)], 22.5],
        ["a thousand, one of which asks more", [1_000_000, ...Array<number>(999).fill(10)], 203.88],
    ])("of %s", (_, sizes, most) => expect(capOf(sizes)).toBeCloseTo(most, 2));

    it("is at most 2 % or twice the even share, once all are capped", () => {
        fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 300 }), (sizes) => {
            const most = capOf(sizes);
            const capped = sizes.map((size) => Math.min(size, most));
            const share = Math.max(...capped) / capped.reduce((sum, size) => sum + size, 0);
            expect(share).toBeLessThanOrEqual(Math.max(0.02, 2 / sizes.length) + 1e-9);
        }));
    });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retained } from "../test/retained";
import { sourceOf, Visitors } from "./visitors";

describe("one visitor", () => {
    it.each<[string, string]>([
        ["203.0.113.9", "203.0.113.9"],
        ["::ffff:203.0.113.9", "203.0.113.9"],
        ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
        ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
        ["2001:0db8:0001:0002::9", "2001:db8:1:2::/64"],
        ["2001:db8::1", "2001:db8:0:0::/64"],
        ["2001:db8::", "2001:db8:0:0::/64"],
        ["2001:db8:0:0:1::", "2001:db8:0:0::/64"],
        ["::1", "0:0:0:0::/64"],
        ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
        ["64:ff9b:1:2:3:4:192.0.2.1", "64:ff9b:1:2::/64"],
        ["fe80::1%eth0", "fe80:0:0:0::/64"],
        ["", ""],
        ["unix:", "unix:"],
    ])("behind %s is %s", (address, source) => expect(sourceOf(address)).toBe(source));
});

describe("what came of visitors", () => {
    const nobody = { answered: 0, failed: 0, cut: 0, left: 0 };

    it("is told by visitor, from the window's first second on", () => {
        const visitors = new Visitors();
        visitors.add(9, "203.0.113.9", "failed");
        for (const outcome of ["answered", "answered", "cut"] as const) visitors.add(10, "203.0.113.9", outcome);
        visitors.add(12, "2001:db8::1", "left");
        visitors.add(13, "2001:db8::2", "failed");
        expect(visitors.since(10)).toEqual([{ ...nobody, answered: 2, cut: 1 }, { ...nobody, failed: 1, left: 1 }]);
        expect(visitors.since(13)).toEqual([{ ...nobody, failed: 1 }]);
        expect(visitors.since(14)).toEqual([]);
    });

    it("is the window's if it comes late, though nothing came between the window's begin and its second", () => {
        const visitors = new Visitors();
        for (const second of [900, 1_002]) visitors.add(second, "203.0.113.9", "answered");
        visitors.since(1_000);
        visitors.add(1_001, "203.0.113.9", "failed");
        expect(visitors.since(1_000)).toEqual([{ ...nobody, answered: 1, failed: 1 }]);
    });

    it("counts a line that comes minutes late", () => {
        const visitors = new Visitors();
        visitors.since(0);
        for (const second of [100, 101, 500, 300, 301, 300]) visitors.add(second, "203.0.113.9", "answered");
        expect(visitors.since(0)).toEqual([{ ...nobody, answered: 6 }]);
    });

    it("is the same for a window that lasts, also of lines that come late", () => {
        const begins = 1_000;
        fc.assert(fc.property(fc.array(fc.tuple(fc.nat(900), fc.integer({ min: -2, max: 2 })), { maxLength: 200 }), (lines) => {
            const visitors = new Visitors();
            let expected = 0;
            const inOrder = lines.map(([at, late]) => [900 + at, late] as const).sort(([one], [other]) => one - other);
            for (const [second, late] of inOrder) {
                // What is late by seconds is so within the last minute; a window's begin is never nearer to a merged slice.
                const at = Math.abs(second - begins) < 3 ? second : second + late;
                visitors.add(at, "203.0.113.9", "answered");
                if (at >= begins) expected += 1;
                if (second >= begins) visitors.since(begins);
            }
            expect(visitors.since(begins).reduce((sum, { answered }) => sum + answered, 0)).toBe(expected);
        }));
    });

    it("takes no more memory the longer a window lasts", () => {
        const visitors = new Visitors();
        const serve = (from: number, seconds: number) => {
            for (let second = from; second < from + seconds; second += 1) for (let visitor = 0; visitor < 20; visitor += 1) visitors.add(second, `203.0.113.${visitor}`, "answered");
        };
        visitors.since(0);
        serve(0, 300);
        const after = retained(visitors);
        serve(300, 3_000);
        expect(retained(visitors)).toBeLessThan(after * 1.1);
        expect(visitors.since(0)).toEqual(Array(20).fill({ ...nobody, answered: 3_300 }));
    });

    it("takes no more memory the more addresses come; those beyond the bound are one", () => {
        const visitors = new Visitors();
        for (let network = 0; network < 10_000; network += 1) visitors.add(network % 5, `2001:db8:${network.toString(16)}::1`, "failed");
        const window = visitors.since(0);
        expect([window.length, window.at(-1), window.reduce((sum, { failed }) => sum + failed, 0)]).toEqual([2_001, { ...nobody, failed: 8_000 }, 10_000]);
    });

    it("is forgotten when no window reaches back to it", () => {
        const visitors = new Visitors();
        for (const second of [1, 2, 3]) visitors.add(second, "203.0.113.9", "answered");
        visitors.forget(3);
        expect(visitors.since(0)).toEqual([{ ...nobody, answered: 1 }]);
        visitors.forget(4);
        expect(visitors.isEmpty).toBe(true);
    });
});

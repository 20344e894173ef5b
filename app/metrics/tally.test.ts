import fc from "fast-check";
import { Histogram, Registry } from "prom-client";
import { expect, it } from "vitest";
import { readExposition } from "../test/exposition";
import { Tally } from "./tally";

it("a tally says what prom-client's histogram says", async () => {
    const bounds = [0.01, 0.5, 1, 30];
    const value = fc.oneof(fc.constantFrom(0, ...bounds), fc.double({ min: 0, max: 60, noNaN: true }));
    await fc.assert(
        fc.asyncProperty(fc.array(value), async (values) => {
            const [ours, theirs] = [new Registry(), new Registry()];
            const tally = new Tally("gap_seconds", "A gap.", bounds, ours);
            const histogram = new Histogram({ name: "gap_seconds", help: "A gap.", buckets: bounds, registers: [theirs] });
            for (const one of values) {
                tally.observe(one);
                histogram.observe(one);
            }
            const text = await ours.metrics();
            expect(text).toBe(await theirs.metrics());
            readExposition(text);
        }),
    );
});

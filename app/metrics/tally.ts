import type { Histogram, Registry } from "prom-client";

/**
 * A histogram that can be told of every token: prom-client's own makes five objects and strings each time (0.3–0.6 µs
 * where this takes 0.02), and a region's machine tells ten thousand a second.
 */
export class Tally {
    /** How many fell into each bucket, then those above all, then the sum. */
    private readonly counts: Float64Array;

    /** @param bounds upper bounds of the buckets, ascending */
    constructor(readonly name: string, readonly help: string, private readonly bounds: readonly number[], registry: Registry) {
        this.counts = new Float64Array(bounds.length + 2);
        // What a registry needs of a metric is its name and `get`.
        registry.registerMetric(this as unknown as Histogram);
    }

    observe(value: number): void {
        const { bounds, counts } = this;
        let bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]!) bucket += 1;
        counts[bucket]! += 1;
        counts[bounds.length + 1]! += value;
    }

    /** As prom-client's registry wants it. */
    async get(): Promise<object> {
        const { name, help, bounds, counts } = this;
        let count = 0;
        const buckets = [...bounds, "+Inf"].map((le, bucket) => ({ labels: { le }, value: (count += counts[bucket]!), metricName: `${name}_bucket` }));
        const sum = { labels: {}, value: counts[bounds.length + 1]!, metricName: `${name}_sum` };
        return { name, help, type: "histogram", aggregator: "sum", values: [...buckets, sum, { labels: {}, value: count, metricName: `${name}_count` }] };
    }
}

import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { catalogue, type Catalogue } from "./catalogue";
import { Tally } from "./tally";

type LabelsOf<S> = S extends { labels: readonly (infer L extends string)[] } ? L : never;
type Made<S extends { kind: string }> = S["kind"] extends "counter"
    ? Counter<LabelsOf<S>>
    : S["kind"] extends "gauge"
      ? Gauge<LabelsOf<S>>
      : S["kind"] extends "histogram"
        ? Histogram<LabelsOf<S>>
        : Tally;

export type Series = { readonly [N in keyof Catalogue]: Made<Catalogue[N]> };

/** All series of the catalogue, in this registry. Not prom-client's global one: a process may hold several services. */
export function makeSeries(registry: Registry): Series {
    const made = Object.entries(catalogue).map(([name, series]) => {
        const options = { name, help: series.help, labelNames: [...series.labels], registers: [registry] };
        switch (series.kind) {
            case "counter":
                return [name, new Counter(options)];
            case "gauge":
                return [name, new Gauge(options)];
            case "histogram":
                return [name, new Histogram({ ...options, buckets: series.buckets })];
            case "tally":
                return [name, new Tally(name, series.help, series.buckets, registry)];
        }
    });
    return Object.fromEntries(made) as Series;
}

import type { Service } from "../service";
import { readExposition, type Family } from "./exposition";

/** What Prometheus would get from a service. */
export class Scrape {
    private constructor(readonly families: Map<string, Family>) {}

    static async of(service: Service): Promise<Scrape> {
        const response = await fetch(`http://127.0.0.1:${service.metricsPort}/metrics`);
        return new Scrape(readExposition(await response.text()));
    }

    /** The value of a series, by its name and exactly its labels; undefined when it is not there. */
    value(name: string, labels: Record<string, string> = {}): number | undefined {
        const wanted = JSON.stringify(Object.entries(labels).sort());
        return this.samples(name).find((sample) => JSON.stringify(Object.entries(sample.labels).sort()) === wanted)?.value;
    }

    /** All series of a name that are not 0, added up by one label's value or by several joined with a blank. */
    by(name: string, ...labels: string[]): Record<string, number> {
        const sums: Record<string, number> = {};
        for (const { labels: of, value } of this.samples(name).filter(({ value }) => value !== 0)) {
            const key = labels.map((label) => of[label]).join(" ").trim();
            sums[key] = (sums[key] ?? 0) + value;
        }
        return sums;
    }

    private samples(name: string): Family["samples"] {
        const family = this.families.get(name) ?? this.families.get(name.replace(/_(bucket|sum|count)$/, ""));
        return family?.samples.filter((sample) => sample.name === name) ?? [];
    }
}

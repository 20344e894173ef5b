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
        const family = this.families.get(name) ?? this.families.get(name.replace(/_(bucket|sum|count)$/, ""));
        const wanted = JSON.stringify(Object.entries(labels).sort());
        return family?.samples.find((sample) => sample.name === name && JSON.stringify(Object.entries(sample.labels).sort()) === wanted)?.value;
    }

    /** All series of a family that are not 0, by one label's value or by several joined with a blank. */
    by(name: string, ...labels: string[]): Record<string, number> {
        const samples = this.families.get(name)?.samples.filter(({ value }) => value !== 0) ?? [];
        return Object.fromEntries(samples.map((sample) => [labels.map((label) => sample.labels[label]).join(" ").trim(), sample.value]));
    }
}

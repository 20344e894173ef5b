/** One line of an exposition that has a value. */
export interface Sample {
    name: string;
    labels: Record<string, string>;
    value: number;
}

export interface Family {
    help: string;
    type: string;
    samples: Sample[];
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\n"])*)"(?:,|$)/;
const SUFFIXES: Record<string, string[]> = { counter: [""], gauge: [""], histogram: ["_bucket", "_sum", "_count"], summary: ["", "_sum", "_count"] };

/**
 * Reads the text format 0.0.4 as strictly as its description allows, where Prometheus itself is more lenient: every
 * family has its help and type before its samples, and its samples in one place; no series comes twice; histograms add
 * up.
 * Source: prometheus.io/docs/instrumenting/exposition_formats.
 * @throws Error with the line
 */
export function readExposition(text: string): Map<string, Family> {
    const families = new Map<string, Family>();
    const seen = new Set<string>();
    let current: [name: string, family: Family] | undefined;
    let help: [name: string, text: string] | undefined;
    if (!text.endsWith("\n")) throw new Error("the last line does not end");
    for (const line of text.split("\n")) {
        const wrong = (why: string): never => {
            throw new Error(`${why}: ${line}`);
        };
        if (line === "") continue;
        const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
        if (keyword === "HELP") {
            if (families.has(name)) wrong("a family comes twice");
            if (/\\[^\\n]|\\$/.test(rest)) wrong("a help is escaped wrongly");
            help = [name, rest];
        } else if (keyword === "TYPE") {
            if (help?.[0] !== name || !(rest in SUFFIXES)) wrong("a type without a help, or an unknown one");
            current = [name, { help: help![1], type: rest, samples: [] }];
            families.set(...current);
        } else if (line.startsWith("#")) wrong("a comment");
        else {
            const [, sample = wrong("not a line"), labels = "", value = ""] = LINE.exec(line) ?? [];
            if (!current || !SUFFIXES[current[1].type]!.some((suffix) => sample === current![0] + suffix)) wrong("a sample outside its family");
            const read: Sample = { name: sample, labels: readLabels(labels, wrong), value: readValue(value, wrong) };
            const key = `${sample}${JSON.stringify(Object.entries(read.labels).sort())}`;
            if (seen.has(key)) wrong("a series comes twice");
            seen.add(key);
            if (current![1].type === "counter" && read.value < 0) wrong("a counter below zero");
            current![1].samples.push(read);
        }
    }
    for (const [name, family] of families) if (family.type === "histogram") checkHistogram(name, family);
    return families;
}

function readLabels(text: string, wrong: (why: string) => never): Record<string, string> {
    const labels: Record<string, string> = {};
    for (let rest = text; rest !== ""; ) {
        const [whole = wrong("not a label"), name = "", value = ""] = LABEL.exec(rest) ?? [];
        if (name in labels || name.startsWith("__")) wrong("a label comes twice, or is reserved");
        labels[name] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
        rest = rest.slice(whole.length);
        if (whole.endsWith(",") && rest === "") wrong("a label is missing");
    }
    return labels;
}

function readValue(text: string, wrong: (why: string) => never): number {
    // As Go reads it; prom-client writes Nan.
    if (/^[+-]?(nan|inf)$/i.test(text)) return Number(text.replace(/nan/i, "NaN").replace(/inf/i, "Infinity"));
    if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text)) wrong("not a number");
    return Number(text);
}

/** Buckets are cumulative and the last one holds all. */
function checkHistogram(name: string, { samples }: Family): void {
    const groups = new Map<string, Sample[]>();
    for (const sample of samples) {
        const { le: _, ...rest } = sample.labels;
        const key = JSON.stringify(Object.entries(rest).sort());
        groups.set(key, [...(groups.get(key) ?? []), sample]);
    }
    for (const [key, group] of groups) {
        const buckets = group.filter((sample) => sample.name === `${name}_bucket`);
        const bounds = buckets.map(({ labels }) => (labels.le === "+Inf" ? Infinity : Number(labels.le)));
        const counts = buckets.map(({ value }) => value);
        const count = group.find((sample) => sample.name === `${name}_count`)?.value;
        const rises = (values: number[], strictly: boolean) => values.every((value, index) => index === 0 || value > values[index - 1]! || (!strictly && value === values[index - 1]));
        const sums = group.filter((sample) => sample.name === `${name}_sum`).length;
        if (!rises(bounds, true) || bounds.at(-1) !== Infinity || !rises(counts, false) || counts.at(-1) !== count || sums !== 1) throw new Error(`a histogram that does not add up: ${name} ${key}`);
    }
}

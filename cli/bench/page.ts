import { duration } from "../duration";

/** One thing that was timed. */
export interface Timing { what: string; ms: number; aimMs?: number }

/** The machine that it was timed on. */
export interface Size { cpus: number; model: string; memoryGiB: number; system: string; node: string }

/** When and on what it was measured: the beginning of a section's first sentence. */
export function measuredOn(size: Size, date: string): string {
    return `Measured on ${date} with ${size.cpus} CPUs (${size.model}), ${size.memoryGiB} GiB of memory, ${size.system}, Node ${size.node}`;
}

/** The text of a benchmark's section. */
export function section(name: string, timings: Timing[], size: Size, date: string): string {
    const rows = timings.map(({ what, ms, aimMs }) => `| ${what} | ${duration(ms)} | ${aimMs ? `≤ ${duration(aimMs)}${ms > aimMs ? ", missed" : ""}` : ""} |`);
    return [
        `## ${name}`,
        "",
        `${measuredOn(size, date)}; once each, with \`npm run bench -- ${name}\`.`,
        "",
        "| what | time | aim |",
        "|---|---|---|",
        ...rows,
    ].join("\n");
}

/** The page with the section in the place of its last one, or at the end. What stands around it stays. */
export function withSection(page: string, name: string, text: string): string {
    const [begin, end] = [`<!-- bench ${name} -->`, `<!-- /bench ${name} -->`];
    const block = `${begin}\n${text}\n${end}`;
    const from = page.indexOf(begin);
    const to = page.indexOf(end);
    if (from >= 0 && to > from) return page.slice(0, from) + block + page.slice(to + end.length);
    return `${page.trimEnd() || "# Performance"}\n\n${block}\n`;
}

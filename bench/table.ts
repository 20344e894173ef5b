import type { Spread } from "./statistics";

/** A table of Markdown. */
export function table(head: string[], rows: string[][]): string {
    return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A figure with as many digits as it deserves: three. */
export function digits(value: number): string {
    const size = Math.abs(value);
    return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** The middle of several rounds, and where there were several the lowest and the highest. */
export function told({ median, min, max }: Spread): string {
    return min === max ? digits(median) : `${digits(median)} (${digits(min)}–${digits(max)})`;
}

/** What is aimed at, and whether it is missed. */
export function aim(value: number, most: number): string {
    return `≤ ${most}${value > most ? ", missed" : ""}`;
}

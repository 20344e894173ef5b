const UNITS: Record<string, number> = { ns: 1, us: 1e3, "µs": 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const WHOLE = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))*$/;
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g;

/** Nanoseconds of a duration as Go writes it ("1m30s", "500ms", "0"); undefined when it is none. */
export function nanoseconds(text: string): number | undefined {
    if (/^[+-]?0$/.test(text)) return 0;
    if (!WHOLE.test(text)) return undefined;
    const sum = [...text.matchAll(PART)].reduce((total, [, amount, unit]) => total + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);
    return text.startsWith("-") ? -Math.round(sum) : Math.round(sum);
}

/** Milliseconds of a duration that was checked before; `usual` ("7s") stands in for an absent one. */
export function milliseconds(text: string | undefined, usual: string): number {
    return (nanoseconds(text ?? usual) ?? 0) / 1e6;
}

/** The shortest way to write so many nanoseconds: "1m30s", "1h", "1.5s", "500ms", "0s". */
export function duration(ns: number): string {
    if (ns === 0) return "0s";
    if (ns < 1e3) return `${ns}ns`;
    if (ns < 1e6) return `${ns / 1e3}us`;
    if (ns < 1e9) return `${ns / 1e6}ms`;
    const hours = Math.floor(ns / 3600e9);
    const minutes = Math.floor((ns % 3600e9) / 60e9);
    const seconds = (ns % 60e9) / 1e9;
    return `${hours ? `${hours}h` : ""}${minutes ? `${minutes}m` : ""}${seconds ? `${seconds}s` : ""}`;
}

/** One thing that was looked at before an `up` on real clouds. */
export interface Finding {
    /** `missing` makes an `up` fail; `attention` is for a person to decide. */
    level: "good" | "missing" | "attention";
    about: string;
    /** What was found, and what to do about it. */
    text: string;
}

const marks = { good: "✔", missing: "✘", attention: "!" } as const;

export function findingText({ level, about, text }: Finding): string {
    return `${marks[level]} ${about}: ${text.replaceAll("\n", "\n    ")}`;
}

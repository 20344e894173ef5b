import { catalogue, type Code } from "./catalogue";

/**
 * An error for a person at 3 a.m.: what happened, why, what to do, where to read more.
 * Every code stands in the catalogue; `details` fills its `{name}` places.
 */
export class Fault extends Error {
    readonly remedy: string;

    constructor(readonly code: Code, readonly details: Record<string, string | number> = {}, options?: ErrorOptions) {
        super(fill(catalogue[code].cause, details), options);
        this.name = "Fault";
        this.remedy = fill(catalogue[code].remedy, details);
    }

    /** The lines that a terminal shows. */
    report(): string {
        return `${this.code}: ${this.message}\n  ${this.remedy}\n  docs/errors.md#${this.code.toLowerCase()}`;
    }
}

function fill(text: string, details: Record<string, string | number>): string {
    return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in details ? String(details[name]) : place));
}

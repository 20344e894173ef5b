/**
 * Joins characters that a service cut in two: outside the basic plane, one is two UTF-16 halves, and a tokenizer may put
 * them into two chunks. A half without its other half is dropped, because strict JSON parsers refuse it.
 */
export class Characters {
    private half = "";

    /** @returns the whole characters so far; the last half waits for the next text */
    whole(text: string): string {
        const joined = this.half === "" ? text : this.half + text;
        this.half = "";
        if (joined.isWellFormed()) return joined;
        const last = joined.charCodeAt(joined.length - 1);
        if (last < 0xd800 || last > 0xdbff) return withoutHalves(joined);
        this.half = joined.slice(-1);
        return withoutHalves(joined.slice(0, -1));
    }
}

export const withoutHalves = (text: string): string => (text.isWellFormed() ? text : text.replace(/\p{Surrogate}/gu, ""));

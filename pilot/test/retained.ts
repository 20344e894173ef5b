/** How many values an object holds on to, in all that can be reached from it: entries of maps, sets, lists and fields. */
export function retained(root: object): number {
    const seen = new Set<object>([root]);
    let count = 0;
    for (const holder of seen) {
        const values: unknown[] = holder instanceof Map ? [...holder.values()] : holder instanceof Set ? [...holder] : Object.values(holder);
        count += values.length;
        for (const value of values) if (typeof value === "object" && value !== null) seen.add(value);
    }
    return count;
}

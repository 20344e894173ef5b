/** Rows as lines, each cell as wide as the widest of its column. */
export function columns(rows: string[][]): string[] {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
    return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd());
}

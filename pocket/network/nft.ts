/** One chain in the words of nft. */
export function chain(name: string, lines: string[]): string {
    return [`  chain ${name} {`, ...lines.map((line) => `    ${line}`), "  }"].join("\n");
}

/** A script that replaces a table whole, in one step. */
export function table(name: string, parts: string[]): string {
    return [`${gone(name)}table ip ${name} {`, ...parts, "}", ""].join("\n");
}

/** A script that takes a table away; it is made first, so that the delete never fails. */
export function gone(name: string): string {
    return `table ip ${name}\ndelete table ip ${name}\n`;
}

export function set(items: readonly (string | number)[]): string {
    return `{ ${items.join(", ")} }`;
}

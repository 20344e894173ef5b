/** A block such as `server { … }`; its parts may be directives or blocks, and absent ones leave nothing behind. */
export function block(head: string, ...parts: (string | undefined)[]): string {
    return `${head} {\n${lines(...parts).replace(/^(?=.)/gm, "    ")}\n}`;
}

export function lines(...parts: (string | undefined)[]): string {
    return parts.filter((part) => part !== undefined).join("\n");
}

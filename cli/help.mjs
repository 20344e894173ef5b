// Help for a checkout without packages: the parser, and the commands with it, are among what would be installed first.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The help of each command by its words; the program's own under "". Written by `npx tsx cli/write.ts`. */
export const texts = () => JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), "help.json"), "utf8"));

/**
 * The help that these words ask for, and the status with which the command ends, as the parser has them; undefined when
 * they ask for none. A command with others below it shows them when none is named, as an error.
 */
export function helpFor(words, known = texts()) {
    const end = words.indexOf("--");
    const mine = end < 0 ? words : words.slice(0, end);
    let [path, rest] = ["", mine];
    const below = (word) => (path === "" ? word : `${path} ${word}`);
    const isGroup = () => Object.keys(known).some((name) => name !== path && name !== "" && name.startsWith(path === "" ? "" : `${path} `));
    while (rest.length > 0 && below(rest[0]) in known) [path, rest] = [below(rest[0]), rest.slice(1)];
    if (rest[0] === "help" && isGroup()) {
        const asked = rest.length === 1 ? path : below(rest[1]);
        return asked in known ? { text: known[asked], status: 0 } : undefined;
    }
    if (rest.some((word) => word === "-h" || word === "--help")) return { text: known[path], status: 0 };
    return rest.length === 0 && isGroup() ? { text: known[path], status: 2 } : undefined;
}

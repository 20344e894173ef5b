import { readFileSync } from "node:fs";

/** A text without the byte-order mark that some editors write before it; JSON has none (RFC 8259, 8.1). */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, "");

/** The value in a JSON file of the checkout. Throws what reading and parsing throw. */
export const readJson = (file: string): unknown => JSON.parse(withoutMark(readFileSync(file, "utf8")));

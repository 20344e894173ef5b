import { catalogue } from "./catalogue";

/** docs/errors.md, made from the catalogue. Anchors are the codes in small letters, as `Fault.report` prints them. */
export function errorsPage(): string {
    const entries = Object.entries(catalogue).map(([code, { cause, remedy }]) => [
        `## ${code}`,
        "",
        shown(cause),
        "",
        `**What to do:** ${shown(remedy)}`,
    ].join("\n"));
    return `${[
        "# Errors",
        "Made from `errors/catalogue.ts` by `npx tsx errors/write.ts`; a test compares the two. A name in *italics*, or in braces within code, stands for the particulars.",
        "Two more come from `cli/antipode.mjs` before anything is installed: NODE_TOO_OLD and PACKAGES_NOT_INSTALLED; each says on the spot what to do.",
        ...entries,
    ].join("\n\n")}\n`;
}

/** Places are in italics; inside code they stay as they are, for there a star is a star. A place on a line of its own joins the sentence. */
function shown(text: string): string {
    const outside = (part: string) => part.replace(/\n(?=\{)/g, " ").replace(/\{(\w+)\}/g, "*$1*");
    return text.split("`").map((part, index) => (index % 2 === 0 ? outside(part) : part)).join("`");
}

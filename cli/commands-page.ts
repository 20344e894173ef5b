import type { Command } from "commander";

/** docs/commands.md, made from the commands' own help. */
export function commandsPage(program: Command): string {
    const parts = program.commands.map((command) => [
        `## ${command.name()}`,
        ...[command, ...command.commands].map((one) => ["```", helpOf(one).trim(), "```"].join("\n")),
    ].join("\n\n"));
    const about = "Made from the commands' own help by `npx tsx cli/write.ts`; a test compares the two. `npm run up`, `test`, `preview`, `down` and `bench` are the same as `npx antipode …`.";
    return `${["# Commands", about, ...parts].join("\n\n")}\n`;
}

/** Help as it is printed, with the examples that stand after it, at a width that is the same everywhere. */
export function helpOf(command: Command, width = 120): string {
    let text = "";
    command.configureOutput({ writeOut: (more) => (text += more), getOutHelpWidth: () => width, getOutHasColors: () => false });
    command.outputHelp();
    return text;
}

/** The help of every command by its words, at the width of a terminal that does not say its own; the program's under "". */
export function helpTexts(command: Command, words: string[] = []): Record<string, string> {
    return Object.assign({ [words.join(" ")]: helpOf(command, 80) }, ...command.commands.map((one) => helpTexts(one, [...words, one.name()])));
}

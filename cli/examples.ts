import type { Command } from "commander";

/** Adds examples to a command's help: what to type, and what it does. */
export function withExamples(command: Command, examples: Record<string, string>): Command {
    const width = Math.max(...Object.keys(examples).map((line) => line.length));
    const lines = Object.entries(examples).map(([line, about]) => `  ${line.padEnd(width)}   ${about}`);
    return command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}

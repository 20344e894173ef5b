import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { commandsPage, helpOf } from "./commands-page";
import { commandLine } from "./main";

function all(command: Command): Command[] {
    return [command, ...command.commands.flatMap(all)];
}

const program = commandLine();
const commands = all(program).slice(1).map((command) => [command.name(), command] as const);

describe("the command line", () => {
    it("has the commands that are promised", () => {
        expect(program.commands.map((command) => command.name())).toEqual([
            "up", "test", "preview", "down", "status", "release", "releases", "versions", "traffic", "rollback", "promote", "pause", "resume", "abort", "visit", "logs", "ssh", "shell", "pocket", "pulumi", "env", "doctor", "bench", "soak",
        ]);
    });

    it.each(commands)("%s has help with examples", (name, command) => {
        const help = helpOf(command);
        expect(help).toContain("Examples:");
        expect(help.slice(help.indexOf("Examples:"))).toMatch(new RegExp(`(npm|npx antipode).*${name}`));
        expect(command.description()).not.toBe("");
    });

    it.each([["nonsense"], ["visit"], ["logs", "us", "-n", "none"], ["pocket", "delay", "-5"], ["bench", "down"], ["up", "--speed"], ["promote"], ["resume"], ["logs", "us", "pilot", "--version", "1.5.0"]])(
        "refuses `%s %s %s %s` as wrong usage",
        async (...words) => {
            const line = commandLine();
            for (const command of all(line)) command.configureOutput({ writeErr: () => undefined });
            await expect(line.parseAsync(words, { from: "user" })).rejects.toMatchObject({ name: expect.stringMatching(/^(CommanderError|InvalidArgumentError)$/) });
        },
    );

    it("is what docs/commands.md shows (else: npx tsx cli/write.ts)", () => {
        expect(readFileSync(join(__dirname, "../docs/commands.md"), "utf8")).toBe(commandsPage(commandLine()));
    });
});

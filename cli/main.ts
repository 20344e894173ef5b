import "../pilot/process/connect";
import { Command, CommanderError } from "commander";
import { Fault } from "../errors/fault";
import { home } from "../pocket/home";
import { proxySettings } from "../system/proxy";
import { commands } from "./commands";
import { Interrupted, listen } from "./interruption";

/** The whole command line. Usage errors throw `CommanderError` instead of ending the process. */
export function commandLine(): Command {
    const program = new Command("antipode")
        .description("One API on both sides of the world: stacks cn, us and edge, on a pocket cloud on this machine.")
        .helpCommand("help [command]", "Show the help of a command.")
        .showHelpAfterError("(--help shows what there is)");
    for (const make of commands) program.addCommand(make());
    every(program, (command) => command.exitOverride());
    return program;
}

function every(command: Command, change: (command: Command) => void): void {
    change(command);
    for (const below of command.commands) every(below, change);
}

/** Tells a failure and gives the exit status: 1, 2 for wrong usage, and 128 + the signal's number when interrupted. */
function tell(error: unknown): number {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Interrupted) {
        console.error(`\nInterrupted. ${error.advice}`);
        return 128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[error.signal as "SIGINT"];
    }
    if (error instanceof Fault) console.error(`\n${error.report()}`);
    else console.error("\nThis should not have happened:", error, `\nThe pocket cloud's log is ${home.log}`);
    return 1;
}

/** A reader that has seen enough (`| head`) is no fault: nobody is told, and what is being done is done to its end. */
function outliveReaders(): void {
    for (const stream of [process.stdout, process.stderr]) {
        stream.on("error", (error: NodeJS.ErrnoException) => {
            if (error.code !== "EPIPE") throw error;
        });
    }
}

/** Runs the command line of this process. */
export async function main(): Promise<void> {
    listen();
    outliveReaders();
    // For whatever it starts: the daemon and the pocket's Docker engine, the user's own Pulumi.
    Object.assign(process.env, proxySettings(process.env));
    try {
        await commandLine().parseAsync();
    } catch (error) {
        process.exitCode = tell(error);
    }
}

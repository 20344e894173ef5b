import { Fault } from "../../errors/fault";
import { stacks, oneOf } from "./names";

/** Pulumi's commands that read a stack's settings and can be told where they are. */
const readers = ["up", "update", "preview", "pre", "refresh", "destroy", "down", "dn", "config", "watch", "import", "logs"];

/**
 * Pulumi's arguments with the settings of the pocket cloud: `--config-file` behind a command that reads settings. Such a
 * command must name its stack (throws STACK_NOT_NAMED), for the file belongs to one stack.
 */
export function withSettings(args: string[], fileOf: (stack: string) => string): string[] {
    // Options of Pulumi itself may stand first, some with a value: the command is the first word that is one.
    const command = args.find((word) => readers.includes(word));
    if (!command || isAbout(args, command) || args.includes("--help") || args.includes("-h")) return args;
    if (args.some((word) => word === "--config-file" || word.startsWith("--config-file="))) return args;
    const stack = stackOf(args);
    if (!stack) throw new Fault("STACK_NOT_NAMED", { command, known: stacks.join(", ") });
    const end = args.indexOf("--");
    const place = end < 0 ? args.length : end;
    return [...args.slice(0, place), "--config-file", fileOf(oneOf(stacks, stack, "STACK_UNKNOWN")), ...args.slice(place)];
}

/** `stack`, `package` and their like have commands of their own below them, and read no settings. */
function isAbout(args: string[], command: string): boolean {
    return args.slice(0, args.indexOf(command)).some((word) => ["stack", "package", "plugin", "policy", "state"].includes(word));
}

function stackOf(args: string[]): string | undefined {
    const place = args.findIndex((word) => word === "-s" || word === "--stack");
    if (place >= 0) return args[place + 1];
    const joined = args.find((word) => /^(--stack|-s)=/.test(word));
    return joined?.slice(joined.indexOf("=") + 1);
}

import { type Command, InvalidArgumentError } from "commander";
import { Fault } from "../errors/fault";
import { isVersion } from "../pilot/releases/semver";

/** An option's value as a whole number above zero. */
export function wholeNumber(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It is not a whole number above zero.");
    return Number(text);
}

/** Lets a command go to real machines, when the user says so. */
export const withReal = (command: Command): Command => command.option("--real", "the real machines, by the keys that `pulumi up` laid out, instead of the pocket's", false);

/** Lets a command print for programs. */
export const withJson = (command: Command): Command => command.option("--json", "for programs", false);

/** A version as a user types it. Throws VERSION_INVALID. */
export function versionWord(text: string, where = "as it was typed"): string {
    const version = text.replace(/^v(?=\d)/, "");
    if (!isVersion(version)) throw new Fault("VERSION_INVALID", { version: text, where });
    return version;
}

/** `[region] [rest]`, of which each may be left out: what begins with a number is no region. */
export function regionThen(first?: string, second?: string): { region?: string; rest?: string } {
    return first !== undefined && second === undefined && /^v?\d/.test(first) ? { rest: first } : { region: first, rest: second };
}

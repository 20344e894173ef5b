import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../errors/fault";
import { home } from "../../pocket/home";
import { pocketStatus } from "../daemon/client";
import { handOver } from "../run";
import { oneOf, regions } from "../stack/names";

/** Where a region's machine is met, and with what. */
export interface Way { address: string; identity: string; knownHosts: string }

/**
 * The words of ssh to a region's machine. Its host key must be the one that the stack made. One word is a line for the
 * shell there; of several each stays one word, as it would be here.
 */
export function sshWords({ address, identity, knownHosts }: Way, command: string[], terminal: boolean): string[] {
    const line = command.length > 1 ? [command.map(quoted).join(" ")] : command;
    const options = ["IdentitiesOnly=yes", "StrictHostKeyChecking=yes", `UserKnownHostsFile=${knownHosts}`, "GlobalKnownHostsFile=/dev/null", "LogLevel=ERROR"];
    return ["-F", "none", ...options.flatMap((option) => ["-o", option]), "-i", identity, ...(terminal ? ["-t"] : []), `ubuntu@${address}`, ...line];
}

const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** The address in the first line of a known_hosts file, where the stack has written it beside the key. */
export function addressIn(knownHosts: string): string | undefined {
    return /^(\S+) ssh-/m.exec(knownHosts)?.[1];
}

/**
 * Runs a command on a region's machine in the user's terminal, or a login shell when none is given; gives its exit status.
 * Throws REGION_UNKNOWN, POCKET_NOT_UP, REGION_NOT_UP.
 */
export async function onMachine(name: string, command: string[]): Promise<number> {
    const region = oneOf(regions, name, "REGION_UNKNOWN");
    if (!(await pocketStatus())) throw new Fault("POCKET_NOT_UP");
    const [identity, knownHosts] = [join(home.keys, region, "id"), join(home.keys, region, "known_hosts")];
    const address = existsSync(knownHosts) ? addressIn(readFileSync(knownHosts, "utf8")) : undefined;
    if (!address) throw new Fault("REGION_NOT_UP", { region });
    return handOver("ssh", sshWords({ address, identity, knownHosts }, command, process.stdin.isTTY === true && process.stdout.isTTY === true));
}

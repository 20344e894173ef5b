import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Fault } from "../../errors/fault";
import { keyFiles, onDisk } from "../../infra/host/key-cache";
import { home } from "../../pocket/home";
import { pocketStatus } from "../daemon/client";
import { handOver, run, type Outcome } from "../run";
import { stacksWithResources } from "../stack/backend";
import { oneOf, regions, type Region } from "../stack/names";

/** Which machines a command is for: those of the pocket cloud, or the real ones, which somebody has to say. */
export interface Which { real: boolean }

/** Where a region's machine is met, and with what. */
export interface Way extends Which { region: Region; address: string; identity: string; knownHosts: string }

/** The order in which regions have their turn: us, whose visitors are fewer, tries a version before cn. */
const turns = ["us", "cn"] as const satisfies Region[];

/**
 * The words of ssh to a region's machine. Its host key must be the one that the stack made. One word is a line for the
 * shell there; of several each stays one word, as it would be here.
 */
export function sshWords({ address, identity, knownHosts }: Pick<Way, "address" | "identity" | "knownHosts">, command: string[], terminal: boolean): string[] {
    const line = command.length > 1 ? [command.map(quoted).join(" ")] : command;
    const options = [
        "IdentitiesOnly=yes", "StrictHostKeyChecking=yes", `UserKnownHostsFile=${knownHosts}`, "GlobalKnownHostsFile=/dev/null", "LogLevel=ERROR",
        // A machine that is gone says nothing at all; nor does one that went while it was talked to.
        "BatchMode=yes", "ConnectTimeout=10", "ServerAliveInterval=10",
    ];
    return ["-F", "none", ...options.flatMap((option) => ["-o", option]), "-i", identity, ...(terminal ? ["-t"] : []), `ubuntu@${address}`, ...line];
}

export const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** The address in the first line of a known_hosts file, where the stack has written it beside the key. */
export function addressIn(knownHosts: string): string | undefined {
    return /^(\S+) ssh-/m.exec(knownHosts)?.[1];
}

/** How a region is called in an error, and in the commands that its remedy names. */
export const particulars = ({ region, real, address }: Way) => ({ region, address, target: targetOf({ region, real }) });
export const targetOf = ({ region, real }: Pick<Way, "region" | "real">): string => (real ? `${region} --real` : region);

/** The way to one region. Throws REGION_UNKNOWN, POCKET_NOT_UP, POCKET_OR_REAL, REGION_NOT_UP, REAL_KEYS_MISSING. */
export async function wayTo(name: string, { real }: Which): Promise<Way> {
    const region = oneOf(regions, name, "REGION_UNKNOWN");
    if (!real) await needPocket();
    const way = real ? realWay(region) : pocketWay(region);
    if (!way) throw real ? keysMissing(region) : new Fault("REGION_NOT_UP", { region });
    return way;
}

/** The ways to all regions that stand, in turn. Throws POCKET_NOT_UP, POCKET_OR_REAL, NO_REGION_UP, REAL_KEYS_MISSING. */
export async function standingWays({ real }: Which): Promise<Way[]> {
    if (!real) await needPocket();
    const standing = real ? turns : turns.filter((region) => stacksWithResources().includes(region));
    const ways = standing.flatMap((region) => (real ? realWay(region) : pocketWay(region)) ?? []);
    if (ways.length === 0) throw real ? keysMissing("us or cn") : new Fault("NO_REGION_UP");
    return ways;
}

/** The way to the region that is named, or to all that stand. */
export const waysTo = async (name: string | undefined, which: Which): Promise<Way[]> => (name === undefined ? standingWays(which) : [await wayTo(name, which)]);

async function needPocket(): Promise<void> {
    if (!(await pocketStatus())) throw noPocket();
}

/** Whoever has real machines too may have meant those. */
export function noPocket(): Fault {
    return turns.some((region) => realWay(region)) ? new Fault("POCKET_OR_REAL", { folder: realKeys() }) : new Fault("POCKET_NOT_UP");
}

const realKeys = () => dirname(dirname(onDisk(keyFiles("us").identity)));
const keysMissing = (region: string) => new Fault("REAL_KEYS_MISSING", { region, folder: realKeys() });
const pocketWay = (region: Region) => wayBy(region, false, { identity: join(home.keys, region, "id"), knownHosts: join(home.keys, region, "known_hosts") });

function realWay(region: Region): Way | undefined {
    // In a shell of `antipode env` the variable names the pocket's keys, and a real machine is not meant by those.
    if (resolve(realKeys()) === resolve(home.keys)) return undefined;
    const { identity, knownHosts } = keyFiles(region);
    return wayBy(region, true, { identity: onDisk(identity), knownHosts: onDisk(knownHosts) });
}

function wayBy(region: Region, real: boolean, { identity, knownHosts }: Pick<Way, "identity" | "knownHosts">): Way | undefined {
    const address = existsSync(knownHosts) ? addressIn(readFileSync(knownHosts, "utf8")) : undefined;
    return address === undefined ? undefined : { region, real, address, identity, knownHosts };
}

/** The status with which ssh ends when it has, or keeps, no connection. */
const UNREACHABLE = 255;

/**
 * Runs a command on a region's machine in the user's terminal, or a login shell when none is given; gives its exit status.
 * Throws HOST_UNREACHABLE.
 */
export async function onMachine(way: Way, command: string[]): Promise<number> {
    const status = await handOver("ssh", sshWords(way, command, process.stdin.isTTY === true && process.stdout.isTTY === true));
    if (status === UNREACHABLE) throw new Fault("HOST_UNREACHABLE", { ...particulars(way), reason: "ssh ended with 255, and what it said stands above." });
    return status;
}

/** Runs a line of shell on a region's machine and gives what it wrote. Throws HOST_UNREACHABLE. */
export async function askMachine(way: Way, line: string): Promise<Outcome> {
    const outcome = await run("ssh", sshWords(way, [line], false));
    if (outcome.code === UNREACHABLE) throw new Fault("HOST_UNREACHABLE", { ...particulars(way), reason: outcome.stderr || "ssh ended with 255." });
    return outcome;
}

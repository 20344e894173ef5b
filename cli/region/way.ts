import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Fault } from "../../errors/fault";
import { keyFiles, onDisk } from "../../infra/host/key-cache";
import { home } from "../../pocket/home";
import { pocketStatus } from "../daemon/client";
import { handOver, run, type Outcome } from "../run";
import { stacksWithResources } from "../stack/backend";
import { oneOf, regions, type Region } from "../stack/names";
import { layOutFromState, stackMachine } from "./stack-output";

/** Which machines a command is for: those of the pocket cloud, or the real ones, which somebody has to say. */
export interface Which { real: boolean }

/** Where a region's machine is met, and with what. */
export interface Way extends Which { region: Region; address: string; user?: string; identity: string; knownHosts: string }

/** The order in which regions have their turn: us, whose visitors are fewer, tries a version before cn. */
const turns = ["us", "cn"] as const satisfies Region[];

/** On the machines that an earlier version of the program made; it did not write down who. */
const usualUser = "ubuntu";

/**
 * The words of ssh to a region's machine. Its host key must be the one that the stack made. One word is a line for the
 * shell there; of several each stays one word, as it would be here.
 */
export function sshWords({ address, user = usualUser, identity, knownHosts }: Pick<Way, "address" | "user" | "identity" | "knownHosts">, command: string[], terminal: boolean): string[] {
    const line = command.length > 1 ? [command.map(quoted).join(" ")] : command;
    const options = [
        "IdentitiesOnly=yes", "StrictHostKeyChecking=yes", `UserKnownHostsFile=${knownHosts}`, "GlobalKnownHostsFile=/dev/null", "LogLevel=ERROR",
        // A machine that is gone says nothing at all; nor does one that went while it was talked to.
        "BatchMode=yes", "ConnectTimeout=10", "ServerAliveInterval=10",
    ];
    return ["-F", "none", ...options.flatMap((option) => ["-o", option]), "-i", identity, ...(terminal ? ["-t"] : []), `${user}@${address}`, ...line];
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
    const way = real ? await standingRealWay(region) : pocketWay(region);
    if (way === "none" || (!way && !real)) throw new Fault("REGION_NOT_UP", { region, command: real ? `pulumi up -s ${region}` : `npx antipode up ${region}` });
    if (!way) throw keysMissing(region);
    return way;
}

/** The ways to all regions that stand, in turn. Throws POCKET_NOT_UP, POCKET_OR_REAL, NO_REGION_UP, REAL_KEYS_MISSING. */
export async function standingWays({ real }: Which): Promise<Way[]> {
    if (!real) await needPocket();
    const standing = real ? await Promise.all(turns.map(standingRealWay)) : turns.filter((region) => stacksWithResources().includes(region)).map(pocketWay);
    const ways = standing.filter((way) => way !== undefined && way !== "none");
    if (ways.length > 0) return ways;
    throw real && standing.includes(undefined) ? keysMissing("us or cn") : new Fault("NO_REGION_UP", { command: real ? "pulumi up -s cn" : "npm run up" });
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

/** In a shell of `antipode env` the variable names the pocket's keys, and a real machine is not meant by those. */
const onlyPocketKeys = () => resolve(realKeys()) === resolve(home.keys);

/** By the keys that lie here, whether or not their machine still stands. */
function realWay(region: Region): Way | undefined {
    if (onlyPocketKeys()) return undefined;
    const { identity, knownHosts } = keyFiles(region);
    return wayBy(region, true, { identity: onDisk(identity), knownHosts: onDisk(knownHosts) });
}

/**
 * By the region's stack: keys of a machine that was destroyed still lie here, and those of one that another computer made
 * do not. Where Pulumi does not say, the keys have to do: a rollback must not wait for a backend.
 */
async function standingRealWay(region: Region): Promise<Way | "none" | undefined> {
    if (onlyPocketKeys()) return undefined;
    const machine = await stackMachine(region);
    if (machine === undefined || machine === "none") return machine ?? realWay(region);
    const way = realWay(region);
    if (way?.address !== machine.address || !existsSync(way.identity)) await layOutFromState(region, machine);
    const laidOut = realWay(region);
    return laidOut && { ...laidOut, ...machine };
}

function wayBy(region: Region, real: boolean, { identity, knownHosts }: Pick<Way, "identity" | "knownHosts">): Way | undefined {
    const address = addressIn(textOf(knownHosts) ?? "");
    return address === undefined ? undefined : { region, real, address, user: textOf(join(dirname(identity), "user"))?.trim(), identity, knownHosts };
}

const textOf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

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

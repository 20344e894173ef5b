import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "../../errors/fault";
import { home } from "../home";
import { digest } from "../image/digest";
import { bridge } from "../machine/container";
import type { Landscape, Place, Subnet } from "../model";
import { Process } from "../process";
import { run } from "../run";
import { until } from "../until";
import { up } from "./links";
import { world } from "./world";

/** What was ordered of the network between the regions: which do not hear each other, and how far us and cn are apart, each way. */
export interface Weather { partitions: [Place, Place][]; delayMs: number }

export const calm: Weather = { partitions: [], delayMs: 0 };

const devices = ["ap-wan0", "ap-wan1"] as const;
/** Routing tables of the two ends; their rules have the same numbers as priorities, by which they are found again. */
const tables = ["7411", "7412"] as const;

/**
 * Sends what goes between the machines of us and cn over the delay line, `ms` each way; 0 takes the line away. May be
 * repeated: a line that is as it should be stays, with what is on its way. The program is built on first use, because
 * a kernel with netem is not to be counted on.
 */
export async function delay(ms: number, { subnets }: Pick<Landscape, "subnets">): Promise<void> {
    const line = new Process(join(home.state, "processes"), { name: "wan", file: binary(), args: [...devices, `${ms}ms`] });
    if (ms === 0 || !line.isAsOrdered()) {
        await line.stop();
        await removeDevices();
    }
    if (ms > 0) await raise(line);
    const rules = JSON.parse(await run("ip", ["-json", "rule", "show"])) as Rule[];
    for (const words of detours(ms > 0 ? subnets : [], rules)) await run("ip", words);
}

async function raise(line: Process): Promise<void> {
    if (!existsSync(line.command.file)) await build(line.command.file);
    line.start();
    await until(() => devices.every(present), { seconds: 10, what: `the delay line's devices (${line.log})` });
    for (const [end, device] of devices.entries()) {
        // A link without an address takes no packet from elsewhere while its reverse path is looked at, however loosely.
        await run("ip", ["address", "replace", `${world.lineEnds[end]}/32`, "dev", device]);
        await up(device);
        await run("ip", ["route", "replace", "default", "dev", device, "table", tables[end]!]);
    }
}

/** One rule as `ip -json rule show` prints it. */
export interface Rule { priority: number; iif?: string; dst?: string; dstlen?: number }

/**
 * The words of `ip` that make the rules of this machine lead what one region's subnets send to the other's into its
 * end of the delay line: us the first, cn the second.
 */
export function detours(subnets: Subnet[], rules: Rule[]): string[][] {
    const of = (place: Place) => subnets.filter((s) => s.place === place);
    const lead = (from: Subnet[], to: Subnet[], table: string) => from.flatMap((source) => to.map((target) => rule(bridge(source.id), target.cidr, table)));
    const wanted = [...lead(of("us"), of("cn"), tables[0]), ...lead(of("cn"), of("us"), tables[1])];
    const standing = rules
        .filter(({ priority }) => tables.some((table) => priority === Number(table)))
        .map(({ iif = "", dst, dstlen = 32, priority }) => rule(iif, `${dst}/${dstlen}`, `${priority}`));
    const without = (some: string[][], others: string[][]) => some.filter((words) => !others.some((other) => other.join() === words.join()));
    return [...without(standing, wanted).map((words) => ["rule", "del", ...words]), ...without(wanted, standing).map((words) => ["rule", "add", ...words])];
}

function rule(link: string, cidr: string, table: string): string[] {
    return ["iif", link, "to", cidr, "lookup", table, "priority", table];
}

/** They go with the program, some time later. */
async function removeDevices(): Promise<void> {
    for (const device of devices) {
        if (present(device)) await until(() => !present(device), { seconds: 5 }).catch(() => run("ip", ["link", "delete", device]));
    }
}

const present = (link: string) => existsSync(`/sys/class/net/${link}`);
const source = join(__dirname, "..", "..", "tools", "wan");
/** Of this very source: a line that was built from another is not taken for it. */
const binary = () => join(home.cache, `wan-${digest(source)}`, "wan");

async function build(file: string): Promise<void> {
    mkdirSync(dirname(file), { recursive: true });
    const next = `${file}.${process.pid}.next`;
    await run("go", ["build", "-trimpath", "-o", next, "."], { cwd: source, env: { ...process.env, CGO_ENABLED: "0" } }).catch((error: Error) => {
        throw new Fault("DELAY_NOT_BUILT", { reason: error.message }, { cause: error });
    });
    renameSync(next, file);
}

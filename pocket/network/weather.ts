import { existsSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../errors/fault";
import { home } from "../home";
import type { Landscape, Place, Subnet } from "../model";
import { Process } from "../process";
import { run } from "../run";
import { until } from "../until";
import { bridge } from "../machine/container";
import { up } from "./links";
import { world } from "./world";

const devices = ["ap-wan0", "ap-wan1"] as const;
/** Routing tables of the two ends; their rules have the same numbers as priorities, by which they are found again. */
const tables = ["7411", "7412"] as const;

/**
 * Sends what goes between the machines of us and cn over the delay line, `ms` each way; 0 takes the line away.
 * The program is built on first use, because a kernel with netem is not to be counted on.
 */
export async function delay(ms: number, landscape: Landscape): Promise<void> {
    const line = (wait: number) => new Process(join(home.state, "processes"), { name: "wan", file: binary, args: [...devices, `${wait}ms`] });
    await line(0).stop();
    await forget();
    if (ms === 0) return;
    if (!existsSync(binary)) await build();
    line(ms).start();
    await until(() => devices.every((d) => existsSync(`/sys/class/net/${d}`)), { seconds: 10, what: "the delay line's devices" });
    for (const [end, device] of devices.entries()) {
        // A link without an address takes no packet from elsewhere while its reverse path is looked at, however loosely.
        await run("ip", ["address", "add", `${world.lineEnds[end]}/32`, "dev", device]);
        await up(device);
    }
    for (const words of detours(landscape.subnets)) await run("ip", words);
}

/** The words of `ip` that lead what one region's subnets send to the other's into its end of the delay line: us the first, cn the second. */
export function detours(subnets: Subnet[]): string[][] {
    const of = (place: Place) => subnets.filter((s) => s.place === place);
    return [...detour(of("us"), of("cn"), devices[0], tables[0]), ...detour(of("cn"), of("us"), devices[1], tables[1])];
}

function detour(from: Subnet[], to: Subnet[], device: string, table: string): string[][] {
    const rules = from.flatMap((source) => to.map((target) => ["rule", "add", "iif", bridge(source.id), "to", target.cidr, "lookup", table, "priority", table]));
    return [["route", "replace", "default", "dev", device, "table", table], ...rules];
}

async function forget(): Promise<void> {
    const rules = JSON.parse(await run("ip", ["-json", "rule", "show"])) as { priority: number }[];
    for (const rule of rules) {
        if (tables.some((table) => rule.priority === Number(table))) await run("ip", ["rule", "del", "priority", `${rule.priority}`]);
    }
    for (const device of devices) {
        if (existsSync(`/sys/class/net/${device}`)) await until(() => !existsSync(`/sys/class/net/${device}`), { seconds: 5 }).catch(() => run("ip", ["link", "delete", device]));
    }
}

const binary = join(home.cache, "wan");

async function build(): Promise<void> {
    const source = join(__dirname, "..", "..", "tools", "wan");
    await run("go", ["build", "-trimpath", "-o", binary, "."], { cwd: source, env: { ...process.env, CGO_ENABLED: "0" } }).catch((error: Error) => {
        throw new Fault("DELAY_NOT_BUILT", { reason: error.message }, { cause: error });
    });
}

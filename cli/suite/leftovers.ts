import { readFileSync } from "node:fs";
import { run } from "../run";

/** What a machine's network and processes look like, a line a thing: compared before `up` and after `down`. */
export async function picture(): Promise<string[]> {
    const [links, spaces, routes, rules, tables, filters, processes] = await Promise.all([
        run("ip", ["-oneline", "link", "show"]),
        run("ip", ["netns", "list"]),
        run("ip", ["route", "show", "table", "all"]),
        run("ip", ["rule", "show"]),
        run("nft", ["list", "tables"]),
        run("nft", ["list", "ruleset"]),
        run("ps", ["-e", "-o", "args="]),
    ]);
    return [
        ...lines(links.stdout).map((line) => `link ${line.split(":")[1]!.trim().split("@")[0]}`),
        ...lines(spaces.stdout).map((line) => `name space ${line.split(" ")[0]}`),
        ...lines(routes.stdout).map((line) => `route ${line.trim()}`),
        ...lines(rules.stdout).map((line) => `rule ${line.trim()}`),
        ...lines(tables.stdout).map((line) => `packet filter ${line.trim()}`),
        ...lines(filters.stdout).filter((line) => line.includes("antipode")).map((line) => `rule of a packet filter ${line.trim()}`),
        ...lines(readFileSync("/proc/self/mounts", "utf8")).filter((line) => line.includes("antipode")).map((line) => `mount ${line.split(" ")[1]}`),
        ...lines(processes.stdout).filter((line) => ours.test(line)).map((line) => `process ${line.trim().slice(0, 80)}`),
        `ip_forward ${readFileSync("/proc/sys/net/ipv4/ip_forward", "utf8").trim()}`,
    ];
}

/** What came and what went between two pictures. */
export function changes(before: readonly string[], after: readonly string[]): string[] {
    return [
        ...after.filter((line) => !before.includes(line)).map((line) => `left behind: ${line}`),
        ...before.filter((line) => !after.includes(line)).map((line) => `gone: ${line}`),
    ];
}

/** Programs that only the pocket cloud starts with these words. */
const ours = /^(dockerd|containerd|docker-registry|pebble|\S*wan ap-wan|\S*node .*pocket\/daemon|ssh .*docker system dial-stdio)/;
const lines = (text: string) => text.split("\n").filter((line) => line.trim() !== "");

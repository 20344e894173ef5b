import { existsSync, readFileSync } from "node:fs";
import { run } from "../run";
import { world } from "./world";

const name = "antipode";

/**
 * Rules that let the pocket's packets through the filter that another program keeps with iptables. A Docker engine or
 * ufw has it drop what it does not know, and a drop in any table is final. The pocket's own tables judge all the same.
 */
export const accepts = ([["FORWARD", "-i"], ["FORWARD", "-o"], ["INPUT", "-i"]] as const)
    .map(([chain, side]) => [chain, side, `${world.prefix}+`, "-m", "comment", "--comment", name, "-j", "ACCEPT"]);

/** The programs that speak to the filter tables there are: iptables has one for each of the kernel's two interfaces. */
export function programs(nftTables: string, legacyTables: string): string[] {
    return [
        ...(/^table ip filter$/m.test(nftTables) ? ["iptables-nft"] : []),
        ...(/^filter$/m.test(legacyTables) ? ["iptables-legacy"] : []),
    ];
}

/** Where nobody has such a table none is made, and no rule. */
export async function openPassage(): Promise<void> {
    for (const program of await present()) {
        // A table of that name may be somebody's own who does not use iptables: then it is his to let the pocket through.
        await insert(program).catch((error: Error) => console.error(`the filter of this machine may drop the pocket's packets: ${error.message}`));
    }
}

async function insert(program: string): Promise<void> {
    for (const words of accepts) {
        if (!(await has(program, words))) await run(program, ["-w", "-I", ...words]);
    }
}

export async function closePassage(): Promise<void> {
    for (const program of await present()) {
        for (const words of accepts) {
            while (await has(program, words)) await run(program, ["-w", "-D", ...words]);
        }
    }
}

const has = (program: string, words: string[]) => run(program, ["-w", "-C", ...words]).then(() => true, () => false);

async function present(): Promise<string[]> {
    const legacy = "/proc/net/ip_tables_names";
    return programs(await run("nft", ["list", "tables"]), existsSync(legacy) ? readFileSync(legacy, "utf8") : "");
}

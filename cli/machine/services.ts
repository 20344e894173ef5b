import { existsSync, readFileSync, rmSync } from "node:fs";
import { writeWhole } from "../../system/whole";

/** What Debian's packages ask whether they may start a service (policy-rc.d, section 9.3.3 of Debian's policy). */
const policy = "/usr/sbin/policy-rc.d";
const denial = "#!/bin/sh\n# Written by antipode while it installs packages: it needs their programs, and runs them by itself.\nexit 101\n";

/**
 * Installs without starting services: a Docker engine of the machine's own would change its firewall. A machine that has
 * a policy keeps it; ours goes at the end, or with the next command (`clearPolicy`) when this one is killed.
 */
export async function withoutServices<T>(install: () => Promise<T>, file = policy): Promise<T> {
    const theirs = existsSync(file);
    if (!theirs) writeWhole(file, denial, 0o755);
    try {
        return await install();
    } finally {
        if (!theirs) clearPolicy(file);
    }
}

/** Takes away what a killed command left. */
export function clearPolicy(file = policy): void {
    if (existsSync(file) && readFileSync(file, "utf8") === denial) rmSync(file);
}

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../../system/whole";

const setting = "/proc/sys/net/ipv4/ip_forward";

/**
 * Whether this machine forwarded packets before the pocket came. The first call writes that down, before anything is
 * changed and never again: a second look, after a start that was killed, would see the pocket's own doing. A record
 * that says neither yes nor no, as a power cut may leave it, is none.
 */
export function forwardedBefore(state: string, file = setting): boolean {
    const known = recorded(state);
    if (known !== undefined) return known === "1";
    const now = readFileSync(file, "utf8").trim();
    writeWhole(join(state, "ip_forward"), now);
    return now === "1";
}

export function forward(file = setting): void {
    writeFileSync(file, "1");
}

/** Sets it back to what it was; where nothing is known of that, nothing was changed. */
export function giveBack(state: string, file = setting): void {
    const known = recorded(state);
    if (known !== undefined) writeFileSync(file, known);
}

function recorded(state: string): string | undefined {
    const file = join(state, "ip_forward");
    const text = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
    return /^[01]$/.test(text) ? text : undefined;
}

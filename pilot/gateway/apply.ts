import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Gateway } from "./container";

const conf = "/etc/gateway/nginx.conf";
const next = "/etc/gateway/next.conf";

/** A text that nginx refused is tried again after so many milliseconds: a test that was killed for want of memory is no verdict. */
const refusalMs = 30_000;

/** What came of an attempt: `refused` keeps the configuration of before in place. */
export type Outcome = { kind: "unchanged" } | { kind: "applied" } | { kind: "refused"; why: string };

export function hash(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/**
 * Brings configurations to a gateway: written beside, tested by the gateway's own nginx, swapped in, reloaded.
 * Nothing is done when this container already runs this text.
 */
export class Applier {
    private running?: { container: string; text: string };
    private refused?: { container: string; text: string; why: string; until: number };

    /** @param shared where this process sees the volume that the gateway sees at /etc/gateway. */
    constructor(private readonly shared: string, private readonly now: () => number = Date.now) {}

    /** @throws Error when Docker or the volume fails; the next attempt does everything anew. */
    async apply(text: string, gateway: Gateway): Promise<Outcome> {
        // The file too: a gateway that could not start with it has put a bootstrap configuration in its place.
        if (this.is(this.running, text, gateway) && (await this.onVolume()) === text) return { kind: "unchanged" };
        if (this.is(this.refused, text, gateway) && this.now() < this.refused!.until) return { kind: "refused", why: this.refused!.why };
        this.running = undefined;
        // nginx's master reads it as root; nobody else may, for what peers prove themselves with is in it.
        await rm(join(this.shared, "next.conf"), { force: true });
        await writeFile(join(this.shared, "next.conf"), text, { mode: 0o600 });
        const test = await gateway.run("nginx", "-t", "-q", "-c", next);
        if (test.status !== 0) {
            this.refused = { container: gateway.id, text, why: test.output, until: this.now() + refusalMs };
            return { kind: "refused", why: test.output };
        }
        await rename(join(this.shared, "next.conf"), join(this.shared, "nginx.conf"));
        const reload = await gateway.run("nginx", "-c", conf, "-s", "reload");
        if (reload.status !== 0) throw new Error(`nginx did not reload: ${reload.output}`);
        this.running = { container: gateway.id, text };
        return { kind: "applied" };
    }

    private is(known: { container: string; text: string } | undefined, text: string, gateway: Gateway): boolean {
        return known?.container === gateway.id && known.text === text;
    }

    private onVolume(): Promise<string | undefined> {
        return readFile(join(this.shared, "nginx.conf"), "utf8").catch(() => undefined);
    }
}

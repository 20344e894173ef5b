import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unlessCanceled } from "../process/within";
import type { Gateway } from "./container";

const inGateway = (name: string) => `/etc/gateway/${name}`;
const conf = "nginx.conf";
/** Named after its text: whoever else writes a file of this name writes the same. */
const nameOf = (text: string) => `next-${hash(text)}.conf`;
const isNext = (name: string) => /^next.*\.conf$/.test(name);

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
    private turn: Promise<unknown> = Promise.resolve();
    private running?: { container: string; text: string };
    private refused?: { container: string; text: string; why: string; until: number };

    /** @param shared where this process sees the volume that the gateway sees at /etc/gateway. */
    constructor(private readonly shared: string, private readonly now: () => number = Date.now) {}

    /**
     * One attempt after another.
     * @param signal nothing is tested, swapped or reloaded after it is aborted
     * @throws Error when Docker or the volume fails; the next attempt does everything anew.
     */
    apply(text: string, gateway: Gateway, signal: AbortSignal): Promise<Outcome> {
        const result = this.turn.then(() => this.attempt(text, gateway, signal));
        this.turn = result.catch(() => undefined);
        return result;
    }

    /** Whether the gateway runs this text, or has refused it, as far as is known without asking. */
    runs(text: string, gateway: Gateway): boolean {
        return this.is(this.running, text, gateway) || (this.is(this.refused, text, gateway) && this.now() < this.refused!.until);
    }

    private async attempt(text: string, gateway: Gateway, signal: AbortSignal): Promise<Outcome> {
        // The file too: a gateway that could not start with it has put a bootstrap configuration in its place.
        if (this.is(this.running, text, gateway) && (await this.onVolume()) === text) return { kind: "unchanged" };
        if (this.is(this.refused, text, gateway) && this.now() < this.refused!.until) return { kind: "refused", why: this.refused!.why };
        signal.throwIfAborted();
        this.running = undefined;
        const next = nameOf(text);
        await this.clear();
        // nginx's master reads it as root; nobody else may, for what peers prove themselves with is in it.
        await writeFile(join(this.shared, next), text, { mode: 0o600 });
        const test = await unlessCanceled(signal, gateway.run("nginx", "-t", "-q", "-c", inGateway(next)));
        if (test.status !== 0) {
            this.refused = { container: gateway.id, text, why: test.output, until: this.now() + refusalMs };
            return { kind: "refused", why: test.output };
        }
        await rename(join(this.shared, next), join(this.shared, conf));
        const reload = await unlessCanceled(signal, gateway.run("nginx", "-c", inGateway(conf), "-s", "reload"));
        if (reload.status !== 0) throw new Error(`nginx did not reload: ${reload.output}`);
        this.running = { container: gateway.id, text };
        return { kind: "applied" };
    }

    /** Takes away what attempts left that were refused or killed. */
    private async clear(): Promise<void> {
        for (const name of (await readdir(this.shared)).filter(isNext)) await rm(join(this.shared, name), { force: true });
    }

    private is(known: { container: string; text: string } | undefined, text: string, gateway: Gateway): boolean {
        return known?.container === gateway.id && known.text === text;
    }

    private onVolume(): Promise<string | undefined> {
        return readFile(join(this.shared, conf), "utf8").catch(() => undefined);
    }
}

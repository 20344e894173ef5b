import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { home } from "../../pocket/home";
import { project } from "../pocket";
import type { Place } from "../../pocket/model";
import { placeOf } from "../../pocket/network/world";
import { addressesOf, take } from "./addresses";
import type { Met } from "./visitor";

/**
 * How many visitors, and how many requests a second of all of them: enough to see what a release does to them, beside
 * both regions, the builds and the clouds on two CPUs. `npm run soak -- release` says more.
 */
const [visitors, perSecond] = (process.env.ANTIPODE_LOAD ?? "40/20").split("/").map(Number) as [number, number];
export const size: LoadSize = { visitors, perSecond };
export interface LoadSize { visitors: number; perSecond: number }

/** How fast an answer comes meanwhile: in all, some 200 tokens a second. */
export const pace = { provider: "ark", kind: "slow", tokenMs: Math.max(200, visitors * 5) } as const;

/**
 * Visitors of a place who have answers streamed to them, and ask beside that, all the time; they run in its network. Each
 * has an address: what comes from one address alone decides no release.
 */
export class Load {
    /** Rejects when they go. */
    private readonly gone: Promise<never>;

    private constructor(private readonly process: ChildProcess, private readonly lines: Interface) {
        this.gone = once(process, "exit").then(([code]) => Promise.reject(new Error(`the visitors are gone, with status ${code}`)));
        this.gone.catch(() => undefined);
    }

    /** @param origin of all that they ask for; each has one stream besides */
    static async begin(place: Place, origin: string, { visitors, perSecond } = size): Promise<Load> {
        await take(place, addressesOf(place, visitors));
        const words = ["netns", "exec", placeOf(place).namespace, process.execPath, "--require", "tsx/cjs", join(__dirname, "main.ts"), place, String(visitors), String(perSecond), origin];
        const child = spawn("ip", words, { cwd: project, env: { ...process.env, NODE_EXTRA_CA_CERTS: join(home.ca, "bundle.pem") }, stdio: ["pipe", "pipe", "inherit"] });
        const load = new Load(child, createInterface({ input: child.stdout! }));
        await load.line();
        return load;
    }

    /** What each visitor met since the last time. */
    async met(): Promise<Met[]> {
        const told = this.line();
        this.process.stdin!.write("\n");
        return JSON.parse(await told) as Met[];
    }

    /** The same, and all of them go, once every answer that is under way has come to its end. */
    async end(): Promise<Met[]> {
        const told = this.line();
        this.process.stdin!.end();
        return JSON.parse(await told) as Met[];
    }

    /** At once, whatever is under way. */
    leave(): void {
        this.process.kill();
    }

    private async line(): Promise<string> {
        return ((await Promise.race([once(this.lines, "line"), this.gone])) as [string])[0];
    }
}

/** All that went wrong for anybody, each sentence with how often it did. */
export function complaints(met: Met[]): Record<string, number> {
    const all: Record<string, number> = {};
    for (const { failed, cut } of met) for (const what of [...failed, ...cut]) all[what] = (all[what] ?? 0) + 1;
    return all;
}

/** How many requests were answered and how many streams came to their end. */
export const counted = (met: Met[]) => ({
    requests: met.reduce((sum, { requests }) => sum + requests.length, 0),
    streams: met.reduce((sum, { whole }) => sum + whole, 0),
});

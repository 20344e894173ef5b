import { userInfo } from "node:os";
import { Fault } from "../../errors/fault";
import { type Release, weightOf } from "../../pilot/releases/release";
import { watching } from "../interruption";
import { Progress } from "../progress";
import { inEach, inTurn } from "../region/each";
import { askPilot } from "../region/pilot";
import { particulars, targetOf, type Way, waysTo, type Which } from "../region/way";
import { askAll, askOne } from "./ask";
import { untilLive } from "./live";

export type Order = "promote" | "pause" | "resume" | "abort";

/** An order that a pilot has taken, and the release as it is since then. */
export interface Taken { way: Way; release: Release }

/** Gives an order about the release that is under way: in the region that is named, or wherever there is one. Throws RELEASE_NONE. */
export async function order(word: Order, region: string | undefined, which: Which): Promise<Taken[]> {
    const ways = region === undefined ? await underWay(which) : await waysTo(region, which);
    return give(ways, word, userInfo().username);
}

/** The ways to where a release is under way. Throws RELEASE_NONE. */
async function underWay(which: Which): Promise<Way[]> {
    const asked = await askAll(undefined, which);
    const ways = asked.filter(({ status }) => status.release !== undefined).map(({ way }) => way);
    if (ways.length === 0 && asked.length > 0) throw new Fault("RELEASE_NONE", particulars(asked[0]!.way));
    return ways;
}

/** Orders a rollback in the region that is named, or in all that stand. @param version the one before, when left out */
export async function orderRollback(region: string | undefined, version: string | undefined, which: Which): Promise<Taken[]> {
    return give(await waysTo(region, which), "rollback", userInfo().username, version ?? "");
}

/** At once: every look before it is time in which visitors get what they should not. */
const give = (ways: Way[], ...words: string[]): Promise<Taken[]> => inEach(ways, async (way) => ({ way, release: await askPilot<Release>(way, ...words) }));

/** What an order came to, for people. */
export function takenText(word: Exclude<Order, "abort">, { way, release }: Pick<Taken, "release"> & { way: Pick<Way, "region" | "real"> }): string {
    const { version, phase } = release;
    const share = `${weightOf(release)} % of the visitors get it`;
    switch (word) {
        case "promote": return `✔ ${way.region}: ${version} is led on: ${phase === "finished" ? "it is finished" : share}`;
        case "pause": return `‖ ${way.region}: ${version} stands still, ${share}; \`npx antipode resume ${targetOf(way)}\` lets it go on`;
        case "resume": return `✔ ${way.region}: ${version} goes on with a new window, ${share}`;
    }
}

/** A region whose visitors get what was ordered. */
export interface Live { region: string; version: string; release: string; url: string }

/** A rollback is over when all visitors of the region get its version. */
export const rolledBack = (taken: Taken[]): Promise<Live[]> => live(taken, "the rollback to", ({ version }) => version, true);

/** A release is taken back when all get the version before; the first of all has none. */
export async function takenBack(taken: Taken[]): Promise<Live[]> {
    for (const { way, release } of taken.filter(({ release: { from } }) => from === undefined)) console.error(`${way.region}: ${release.version} is taken back, and there is no version before it`);
    return live(taken.filter(({ release }) => release.from !== undefined), "back to", ({ from }) => from!, false);
}

/** Waits for the live addresses, one line of progress after the other; the later ones are mostly done when their turn comes. */
async function live(taken: Taken[], what: string, versionOf: (release: Release) => string, mayFail: boolean): Promise<Live[]> {
    const advice = `The order is given, and the pilot goes on with it; look again with ${taken.map(({ way }) => `\`npx antipode traffic ${targetOf(way)}\``).join(", ")}.`;
    return watching(advice, () => inTurn(taken, async ({ way, release }) => {
        const { host } = await askOne(way);
        const [version, url] = [versionOf(release), `https://${host}`];
        const own = mayFail ? { id: release.id, ask: (...words: string[]) => askPilot(way, ...words) } : undefined;
        await new Progress().during(`${way.region}: ${what} ${version}`, (step) => untilLive(way, host, version, step, own), () => `${url} answers with it`);
        return { region: way.region, version, release: release.id, url };
    }));
}

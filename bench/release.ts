import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { withSection } from "../cli/bench/page";
import { thisSize } from "../cli/bench/size";
import { pocketStatus } from "../cli/daemon/client";
import { project } from "../cli/paths";
import { Progress } from "../cli/progress";
import { built } from "../e2e/build";
import { antipode, domain, models, must } from "../e2e/pocket";
import { Load, pace, size } from "../e2e/load/load";
import type { Met } from "../e2e/load/visitor";
import { appOf, deploy, over, failingWhen, prepare, restore } from "../e2e/versions";
import { Fault } from "../errors/fault";
import type { Event } from "../pilot/releases/events";
import { releasePage, type Measured } from "./release-page";
import { quantile } from "./statistics";

const restSeconds = 20;
const windowSeconds = 10;
const [base, good, bad] = ["9.0.0", "9.1.0", "9.2.0"];

/** Measures releases on the pocket cloud, which has to be up; writes docs/performance.md. */
export async function benchRelease(): Promise<string> {
    if (!(await pocketStatus())?.ready) throw new Fault("POCKET_NOT_UP");
    const progress = new Progress();
    try {
        await progress.during("A version of its own in each region", async () => {
            await prepare("us", base, { releaseWindowSeconds: String(windowSeconds) });
            await prepare("cn", base);
            await deploy(["cn"], appOf(good), "low");
            await over("cn", good);
        });
        const measured = await progress.during("Releases under load", measure);
        const page = join(project, "docs", "performance.md");
        const text = releasePage(measured, size, thisSize(), new Date().toISOString().slice(0, 10));
        writeFileSync(page, withSection(readFileSync(page, "utf8"), "release", text));
        return text;
    } finally {
        await progress.during("Both regions as they were", async () => {
            await models({ clear: "ark" });
            await restore("us");
            await restore("cn");
        });
    }
}

async function measure(): Promise<Measured> {
    const badFolder = await built(appOf(bad, failingWhen("asked++ % 2 === 0")));
    await models(pace);
    const load = await Load.begin("us", `https://us.${domain}`);
    const all: Met[] = [];
    const met = async () => {
        const now = await load.met();
        all.push(...now);
        return now;
    };
    await met();
    await pause(restSeconds * 1000);
    const before = await met();

    const released = Date.now();
    await deploy(["us"], appOf(good), "low");
    const goodEvents = await over("us", good);
    const during = await met();

    const rolledBack = Date.now();
    await must(antipode("rollback", "us", base));
    await over("us", base);
    const back = await met();

    const asked = Date.now();
    await must(antipode("rollback", "us", good));
    const kept = (await over("us", good)).slice(-3);
    await must(antipode("rollback", "us", base));
    await over("us", base);
    await met();

    await deploy(["us"], badFolder, "10,100");
    await over("us", bad);
    const ofBad = (await met()).flatMap(({ requests }) => requests).filter(([, , version]) => version === bad);
    const last = await load.end();

    const [begun, full, finished] = [at(goodEvents, "began"), at(goodEvents, "all visitors"), at(goodEvents, "finished")];
    // What the bad version did to its own visitors is its own fault.
    const others = [...all, ...last].filter(({ versions }) => !versions.includes(bad));
    return {
        release: (full - released) / 1000,
        releaseByPilot: (full - begun) / 1000,
        rollback: (Math.max(...answeredBy(back, good)) - rolledBack) / 1000,
        kept: (at(kept, "all visitors") - asked) / 1000,
        bad: (Math.max(...ofBad.map(([began]) => began)) - Math.min(...ofBad.map(([began]) => began))) / 1000,
        windowSeconds,
        streams: { whole: sum(others, ({ whole }) => whole), cut: sum(others, ({ cut }) => cut.length) },
        requests: { answered: sum(others, ({ requests }) => requests.length), failed: sum(others, ({ failed }) => failed.length) },
        p99: { before: p99(before, 0, Infinity), during: p99(during, begun, finished) },
    };
}

const at = (events: Event[], what: string) => Date.parse(events.find((event) => event.what.startsWith(what))!.time);
/** When the requests began that a version answered. */
const answeredBy = (met: Met[], version: string) => met.flatMap(({ requests }) => requests.flatMap(([began, , by]) => (by === version ? [began] : [])));
const sum = (met: Met[], of: (one: Met) => number) => met.reduce((all, one) => all + of(one), 0);
const p99 = (met: Met[], from: number, to: number) => quantile(met.flatMap(({ requests }) => requests.filter(([began]) => began >= from && began <= to).map(([, ms]) => ms)), 0.99);

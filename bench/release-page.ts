import { measuredOn, type Size } from "../cli/bench/page";
import { aim, digits, table } from "./table";

/** What releases came to; seconds, milliseconds where it says so. */
export interface Measured {
    /** From the command to all visitors: with the image built and pushed for the other region before, and of a kept version. */
    release: number;
    /** From the moment the pilot saw the version. */
    releaseByPilot: number;
    kept: number;
    /** From the command to the last request that the version answered. */
    rollback: number;
    /** From the first visitor of a bad candidate to its last one, and the window that it had. */
    bad: number;
    windowSeconds: number;
    streams: { whole: number; cut: number };
    requests: { answered: number; failed: number };
    /** Of requests, in milliseconds. */
    p99: { before: number; during: number };
}

/** The section of releases in docs/performance.md. */
export function releasePage(measured: Measured, load: { visitors: number; perSecond: number }, size: Size, date: string): string {
    const { p99, streams, requests, windowSeconds } = measured;
    const slower = p99.during / p99.before;
    return [
        "## release",
        "",
        `${measuredOn(size, date)}, with \`npm run bench -- release\`: once each, in the region us of the pocket cloud, whose machines, visitors and operator share the CPUs, while ${load.visitors} visitors read streams without end and ask ${load.perSecond} times a second.`,
        "",
        table(["what", "figure", "aim"], [
            ["from `up` with strategy `low` to 100 %, s; the image is there, for the other region had the version before", digits(measured.release), aim(measured.release, 15)],
            ["of that, from the moment that the pilot saw the version", digits(measured.releaseByPilot), ""],
            ["from `rollback` to the last request that the version before answered, s", digits(measured.rollback), aim(measured.rollback, 3)],
            ["from `rollback` to 100 % of a kept version that has no instance, s", digits(measured.kept), ""],
            ["a bad candidate, from its first visitor to its last, s", digits(measured.bad), aim(measured.bad, windowSeconds)],
            [`streams cut, of ${streams.whole + streams.cut}`, String(streams.cut), aim(streams.cut, 0)],
            [`requests failed, of ${requests.answered + requests.failed}`, String(requests.failed), aim(requests.failed, 0)],
            ["99 % of all requests within, ms: while nothing is released", digits(p99.before), ""],
            ["while a release goes from its beginning to its end", digits(p99.during), ""],
            ["that, as a multiple", digits(slower), aim(slower, 1.2)],
        ]),
    ].join("\n");
}

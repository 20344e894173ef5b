import { measuredOn, type Size } from "../../cli/bench/page";
import { aim, digits, table } from "../table";
import type { Measured } from "./measure";

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** The section of releases in docs/performance.md: ours beside the peer's, of the same run. */
export function releasePage(ours: Measured, peer: Measured, load: { visitors: number; perSecond: number }, windowSeconds: number, size: Size, date: string): string {
    const slower = ({ p99 }: Measured) => p99.during / p99.before;
    const row = (what: string, of: (measured: Measured) => number, most?: number) => {
        const [one, other] = [of(ours), of(peer)];
        return [what, digits(one), digits(other), digits(one / other), most === undefined ? "" : aim(one, most)];
    };
    const count = (what: string, of: (measured: Measured) => [part: number, all: number]) => {
        const [[one, all], [other, ofOthers]] = [of(ours), of(peer)];
        return [what, `${one} of ${all}`, `${other} of ${ofOthers}`, "", aim(one, 0)];
    };
    return [
        "## release",
        "",
        `${measuredOn(size, date)}, with \`npm run bench -- release\`: once each, in the region us of the pocket cloud, whose machines, visitors and operator share the CPUs, while ${load.visitors} visitors read answers of some 40 s, one after the other, and ask ${load.perSecond} times a second; all times are those of their requests, of which each second tells its version.`,
        "",
        "The peer is kamal-proxy 0.9.2, which Kamal brings its versions to visitors with, in the gateway's place on the same machine, before instances of the same images, with its usual 30 s of drain. Ours is all that an operator waits for, `pulumi up` and the commands with it; the peer's is less than that: Kamal's own commands are not there.",
        "",
        table(["what", "antipode", "kamal-proxy", "ours ÷ the peer's", "aim"], [
            row("from `release` by `low` (an image that the registry has) to the last request that the version before answered, s", ({ release }) => release, 15),
            ["of that, from the moment that the pilot saw the version, s", digits(ours.underWay), "", "", ""],
            row("from the command that takes a release back, the version before at hand, to the last request that the new one answered, s", ({ undo }) => undo, 3),
            row("the same of a kept version that has no instance, s", ({ rollback }) => rollback),
            [
                `a bad version (half of its reads fail), released with care: from its first request to its last one, s (the window is ${windowSeconds} s)`,
                digits(ours.bad.seconds), "stays until somebody sees it", "", aim(ours.bad.seconds, windowSeconds),
            ],
            ["visitors that it reached", percent(ours.bad.reached), percent(peer.bad.reached), "", ""],
            count("streams cut, of other visitors", ({ streams: { whole, cut } }) => [cut, whole + cut]),
            count("requests failed, of other visitors", ({ requests: { answered, failed } }) => [failed, answered + failed]),
            row("99 % of all requests within, ms: while nothing is released", ({ p99 }) => p99.before),
            row("while a release goes from its beginning to its end, ms", ({ p99 }) => p99.during),
            row("that, as a multiple", slower, 1.2),
        ]),
    ].join("\n");
}

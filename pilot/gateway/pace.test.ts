import { describe, expect, it } from "vitest";
import { pauseFor, tooMany, type Urgency, urgencyOf, type Wanted } from "./pace";
import { workersIn } from "./workers";

const app = (...addresses: string[]) => ({ version: "1.4.0", addresses });
const candidate = (weight: number, ...addresses: string[]) => ({ version: "1.5.0", addresses, weight, testers: [] });
const wanted = (more: Partial<Wanted["state"]>, orders = "1.4.0"): Wanted => ({ orders, state: { region: "us", sites: [], peers: [], maxStreamSeconds: 3600, app: app("a:80", "b:80"), ...more } });
const all = wanted({});
const canary = wanted({ candidate: candidate(10, "c:80") }, "1.4.0 1.5.0 10");

describe("a reload is due", () => {
    it.each<[Urgency, string, Wanted | undefined, Wanted]>([
        ["now", "at the beginning", undefined, all],
        ["now", "for a release that begins", all, { ...all, orders: "1.4.0 1.5.0 0" }],
        ["now", "for another share", canary, wanted({ candidate: candidate(50, "c:80") }, "1.4.0 1.5.0 50")],
        ["now", "for an abort, whoever else went", canary, wanted({ app: app("a:80") })],
        ["now", "for a certificate", all, wanted({ sites: [{ name: "us.yourapp.test", certificate: "/x.pem" }] })],
        ["now", "for another peer", all, wanted({ peers: [{ region: "cn", host: "cn.yourapp.test", port: 443 }] })],
        ["later", "for an instance that went", all, wanted({ app: app("a:80") })],
        ["later", "for an instance that came", all, wanted({ app: app("a:80", "b:80", "d:80") })],
        ["later", "for one that went and one that came", all, wanted({ app: app("a:80", "d:80") })],
        ["soon", "for a version that has lost all its instances", all, wanted({ app: undefined })],
        ["soon", "for one that has others now", all, wanted({ app: app("d:80") })],
        ["soon", "for one that is back", wanted({ app: undefined }), all],
        ["soon", "for a candidate without an instance, while the release goes on", canary, { ...all, orders: canary.orders }],
        ["soon", "for the version before in place of one that lost its instances", all, wanted({ app: { version: "1.3.0", addresses: ["e:80"] } })],
    ])("%s %s", (urgency, _, running, next) => expect(urgencyOf(running, next)).toBe(urgency));

    const workers = (lingering: number) => ({ serving: [1, 2], lingering: Array.from({ length: lingering }, (_, index) => index + 3) });

    it("after a pause that grows with the workers that linger, unless it is urgent", () => {
        const pauses = (urgency: Urgency) => [0, 2, 4, 8, 12, 16, 34, 36, 60].map((lingering) => pauseFor(urgency, workers(lingering)));
        expect(pauses("now")).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
        expect(pauses("soon")).toEqual([0, 0, 0, 1, 4, 16, 300, 300, 300]);
        expect(pauses("later")).toEqual([0, 2, 4, 16, 64, 256, 300, Infinity, Infinity]);
    });

    it("and has room: the oldest workers are ended before the kernel ends all", () => {
        expect([tooMany(workers(0)), tooMany(workers(46)), tooMany(workers(48)), tooMany(workers(60)).length]).toEqual([[], [], [3, 4], 14]);
    });
});

it("the workers are known by their titles", () => {
    const list = ["1 nginx: master process nginx -c /etc/gateway/nginx.conf", "9 sed -u -E", "101 nginx: worker process ", "32 nginx: worker process is shutting down", "100 nginx: worker process", "7 nginx: worker process is shutting down ", "200 sh -c nginx: worker process", ""];
    expect(workersIn(list.join("\n"))).toEqual({ serving: [100, 101], lingering: [7, 32] });
});

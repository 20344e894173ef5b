import { describe, expect, it } from "vitest";
import { good, quiet, statusWith, toldOf } from "./fixture";
import { eventsTable, trafficText, versionsTable } from "./table";

describe("the table of events", () => {
    it("has a row for each, and below it what was seen", () => {
        const events = [
            toldOf("began: from 1.4.0", { phase: "starting", weight: 0 }),
            toldOf("gone back: 30 % errors", { phase: "back", weight: 0, verdict: "fail", figures: { candidate: { ...good, failed: 244 }, stable: good } }),
            toldOf("paused: by ada", { region: "cn", who: "by ada" }),
        ];
        expect(eventsTable(events).split("\n")).toEqual([
            "time (UTC)           region  version  what                    share  who        verdict",
            "2026-11-27 12:34:56  us      1.5.0    began: from 1.4.0       0 %    by itself",
            "2026-11-27 12:34:56  us      1.5.0    gone back: 30 % errors  0 %    by itself  fail",
            "    1.5.0: 30 % errors of 812 (244 failed), first token 412 ms; beside it: 0 % errors of 812, first token 412 ms",
            "2026-11-27 12:34:56  cn      1.5.0    paused: by ada          10 %   by ada",
        ]);
    });

    it("says that there are none", () => expect(eventsTable([])).toBe("Nothing is known of it."));
});

describe("the table of versions", () => {
    it("says which serves and which is on its way", () => {
        expect(versionsTable([{ region: "us", status: statusWith({ paused: "by ada" }) }, { region: "cn", status: { ...quiet, versions: quiet.versions.slice(1, 2) } }]).split("\n")).toEqual([
            "region  version  instances  healthy  phase     serving since (UTC)",
            "us      1.5.0    1          1        canary                         is on its way: step 1 of 3, 10 %, paused",
            "us      1.4.0    1          1        finished  2026-11-20 08:00:00  serves",
            "us      1.3.0    0          0",
            "cn      1.4.0    1          1        finished  2026-11-20 08:00:00  serves",
        ]);
    });

    it("names one whose labels somebody has spoilt", () => {
        expect(versionsTable([{ region: "us", status: { ...quiet, versions: [], unreadable: [{ version: "1.2.0", why: "the label antipode.step is \"x\" and no number" }] } }]).split("\n")).toEqual([
            "There is no version.", "us: 1.2.0 is left alone, for the label antipode.step is \"x\" and no number",
        ]);
    });
});

describe("the traffic of a region", () => {
    const url = "https://us.yourapp.test";

    it("is shown side by side while a release is under way", () => {
        expect(trafficText({ region: "us", url, status: statusWith({ paused: "by ada" }, { testLink: "antipode_test=5e5e" }) }).split("\n")).toEqual([
            "us  https://us.yourapp.test  1.5.0: step 1 of 3, 10 %",
            "  1.5.0  ██░░░░░░░░░░░░░░░░░░░░░░   10 %  candidate  0 % errors of 812                        first token 412 ms",
            "  1.4.0  ██████████████████████░░   90 %  stable     0.3 % errors of 7300 (20 failed, 2 cut)  first token 412 ms",
            "  paused: by ada",
            "  testers: https://us.yourapp.test/?antipode_test=5e5e",
        ]);
    });

    it("is one version's otherwise, or nobody's", () => {
        expect(trafficText({ region: "us", url, status: quiet }).split("\n")).toEqual(["us  https://us.yourapp.test", "  1.4.0  ████████████████████████  100 %"]);
        expect(trafficText({ region: "us", url, status: { ...quiet, traffic: [] } }).split("\n")).toEqual(["us  https://us.yourapp.test", "  no version serves"]);
    });
});

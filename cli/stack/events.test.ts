import { describe, expect, it } from "vitest";
import { Account, parseEvent, summary } from "./events";

const urn = "urn:pulumi:us::antipode::antipode:infra:Host$aws:ec2/instance:Instance::machine";
const metadata = { op: "create", urn, type: "aws:ec2/instance:Instance" };

describe("the account of an engine run", () => {
    it("says what is being done and keeps a line of what was done, with its time", () => {
        let clock = 0;
        const account = new Account(() => clock);
        expect(account.headline()).toBe("reading the program");
        expect(account.add({ resourcePreEvent: { metadata } })).toBeUndefined();
        account.add({ resourcePreEvent: { metadata: { op: "update", urn: "urn:pulumi:us::antipode::docker:index/service:Service::pilot", type: "docker:index/service:Service" } } });
        expect(account.headline()).toBe("creating Instance machine and 1 more");
        clock = 4230;
        expect(account.add({ resOutputsEvent: { metadata } })).toBe("    + Instance machine  4.2 s");
        expect(account.headline()).toBe("updating Service pilot");
    });

    it("is silent about what stays the same and about the stack itself", () => {
        const account = new Account();
        const same = { metadata: { ...metadata, op: "same" } };
        account.add({ resourcePreEvent: same });
        expect(account.add({ resOutputsEvent: same })).toBeUndefined();
        expect(account.add({ resOutputsEvent: { metadata: { op: "create", urn: "urn::s", type: "pulumi:pulumi:Stack" } } })).toBeUndefined();
        expect(account.headline()).toBe("2 resources looked at");
    });

    it("gives no times to a preview", () => {
        const account = new Account();
        account.add({ resourcePreEvent: { metadata, planning: true } });
        expect(account.add({ resOutputsEvent: { metadata, planning: true } })).toBe("    + Instance machine");
    });

    it("collects errors with the resource they are about, each once, and leaves out debug lines", () => {
        const account = new Account();
        account.add({ resourcePreEvent: { metadata } });
        expect(account.add({ resOpFailedEvent: { metadata } })).toMatch(/^ {4}✘ Instance machine/);
        const diagnosticEvent = { urn, message: "InvalidAMIID.NotFound\n", severity: "error" };
        account.add({ diagnosticEvent });
        account.add({ diagnosticEvent });
        account.add({ diagnosticEvent: { message: "noise", severity: "debug" } });
        account.add({ diagnosticEvent: { message: "old", severity: "warning" } });
        expect(account.errors).toEqual(["Instance machine: InvalidAMIID.NotFound"]);
        expect(account.warnings).toEqual(["old"]);
    });

    it("tells a broken rule of the policy pack as an error, advice as a warning", () => {
        const account = new Account();
        const policyEvent = { resourceUrn: urn, message: "IMDSv2 only", policyName: "imds", enforcementLevel: "mandatory" };
        account.add({ policyEvent });
        account.add({ policyEvent: { ...policyEvent, enforcementLevel: "advisory" } });
        expect(account.errors).toEqual(["policy imds, machine: IMDSv2 only"]);
        expect(account.warnings).toEqual(["policy imds, machine: IMDSv2 only"]);
    });
});

describe("the summary", () => {
    it.each([
        [{ create: 3, update: 1, same: 40 }, "3 created, 1 updated, 40 unchanged"],
        [{ same: 44 }, "0 changes, 44 unchanged"],
        [{ read: 2 }, "0 changes"],
        [{}, "0 changes"],
    ])("of %j", (changes, text) => expect(summary(changes)).toBe(text));
});

describe("a line of the engine's output", () => {
    it("is an event or nothing", () => {
        expect(parseEvent('{"summaryEvent":{"result":"succeeded"}}')).toEqual({ summaryEvent: { result: "succeeded" } });
        expect(parseEvent("warning: something")).toBeUndefined();
        expect(parseEvent("{broken")).toBeUndefined();
    });
});

import { describe, expect, it } from "vitest";
import { Fault } from "../../errors/fault";
import { quiet, statusWith } from "../release/fixture";
import { faultOf, Lasting, noVersion, type Serving } from "./cause";

const versions = [{ version: "1.0.1", instances: 0, healthy: 0, phase: "back" as const }, { version: "1.0.0", instances: 0, healthy: 0 }];
const none = { ...quiet, serving: undefined, versions };
const well: Serving = { certificates: [{ name: "us.yourapp.test" }], gateway: {}, releases: quiet };
const silent = { host: "api.yourapp.test", place: "us", seconds: 180, last: "answered by CN, which is healthy" };
const told = (status: Serving | Fault) => {
    const { code, message } = faultOf("us", status, silent);
    return [code, message.split("\n")[0]];
};

describe("why a region serves no version", () => {
    it.each<[string, Parameters<typeof noVersion>[0], ReturnType<typeof noVersion>]>([
        ["it serves one", quiet, undefined],
        ["none was released, or all went back", none, { why: "1.0.1 went back, 1.0.0 was not released", lasts: true }],
        ["there is none", { ...none, versions: [] }, { why: "no version is there", lasts: true }],
        ["labels cannot be read", { ...none, versions: [], unreadable: [{ version: "1.0.0", why: "the label antipode.step is 9" }] }, { why: "of 1.0.0 the label antipode.step is 9", lasts: true }],
        ["the first one is starting", { ...statusWith({ version: "1.0.0", phase: "starting", from: undefined }), serving: undefined, versions: [{ version: "1.0.0", instances: 1, healthy: 0 }] }, { why: "the release of 1.0.0 goes on (starting, 0 of 1 instances healthy)", lasts: false }],
    ])("is told where %s", (_, status, cause) => expect(noVersion(status)).toEqual(cause));
});

describe("why visitors get no answer", () => {
    it.each<[string, Serving | Fault, string[]]>([
        ["that no version serves", { ...well, releases: none }, ["NO_VERSION_SERVES", "us serves no version of the app: 1.0.1 went back, 1.0.0 was not released."]],
        ["what nginx refused", { ...well, gateway: { fault: "nginx: [emerg] no port" } }, ["API_SILENT", "The stacks are up, but https://api.yourapp.test did not answer a visitor in us within 180 s. The last try: answered by CN, which is healthy. The pilot of us says: nginx: [emerg] no port"]],
        ["what a certificate waits for", { ...well, certificates: [{ name: "us.yourapp.test", waiting: "the name has no address yet" }] }, ["API_SILENT", expect.stringMatching(/ says: us\.yourapp\.test has no certificate: the name has no address yet$/) as unknown as string]],
        ["that there is no pilot", new Fault("PILOT_GONE", { region: "us", target: "us" }), ["PILOT_GONE", expect.stringContaining("us") as unknown as string]],
        ["nothing more, where all seems well", well, ["API_SILENT", "The stacks are up, but https://api.yourapp.test did not answer a visitor in us within 180 s. The last try: answered by CN, which is healthy"]],
    ])("is %s", (_, status, expected) => expect(told(status)).toEqual(expected));
});

describe("a wait for visitors", () => {
    it("ends when the pilot has said three times that no version serves, five seconds after one another", async () => {
        let now = 0;
        const answers: (Serving | Fault)[] = [{ ...well, releases: none }, { ...well, releases: none }, new Fault("PILOT_GONE", { region: "us", target: "us" }), ...Array<Serving>(3).fill({ ...well, releases: none })];
        const lasting = new Lasting("us", async () => answers.shift()!, () => now);
        const ends: number[] = [];
        for (; now <= 60_000 && ends.length === 0; now += 1_000) await lasting.check().catch(({ code }: Fault) => ends.push(code === "NO_VERSION_SERVES" ? now : NaN));
        expect([ends, answers]).toEqual([[30_000], []]);
    });
});

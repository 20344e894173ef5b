import { describe, expect, it } from "vitest";
import { antipode, appService, domain, must, run, stackOutput, version } from "./pocket";

describe("status", () => {
    it("--json tells programs what stands, as visitors see it", async () => {
        const [cn, us] = [await stackOutput("cn"), await stackOutput("us")];
        const status = JSON.parse(await must(antipode("status", "--json"))) as unknown;
        const pool = (region: string) => expect.objectContaining({ name: `api-yourapp-test-${region}`, healthy: true });
        expect(status).toEqual({
            domain,
            regions: [
                { name: "cn", cloud: "tencent", address: cn.address, url: `https://cn.${domain}`, healthy: true, version },
                { name: "us", cloud: "aws", address: us.address, url: `https://us.${domain}`, healthy: true, version },
            ],
            edge: { name: `api.${domain}`, pools: expect.arrayContaining([pool("cn"), pool("us")]), steering: expect.objectContaining({ policy: "geo" }) },
        });
    });
});

describe("ssh", () => {
    it("runs a command on a region's machine, each word as it was typed, and gives its status", async () => {
        expect((await must(antipode("ssh", "us", "--", "docker", "service", "ls", "--format", "{{.Name}} {{.Replicas}}"))).trim().split("\n").sort())
            .toEqual([`${appService} 1/1`, "gateway 1/1", "pilot 1/1"]);
        expect((await antipode("ssh", "cn", "--", "exit 7")).code).toBe(7);
    });
});

describe("logs", () => {
    it("shows the last lines of one service, and refuses one that is not there", async () => {
        const lines = (await must(antipode("logs", "cn", "app", "-n", "2"))).trim().split("\n");
        expect(lines).toHaveLength(2);
        for (const line of lines) expect(line).toMatch(new RegExp(` ${appService}\\.1\\.\\S+@\\S+ +\\| \\{"level":`));
        const none = await antipode("logs", "cn", "database");
        expect([none.code, none.stderr]).toEqual([1, expect.stringMatching(/No such service here\. There are: .*mongod/)]);
    });
});

describe("env", () => {
    it("makes any shell one that runs Pulumi against the pocket cloud", async () => {
        const hostname = await must(run("bash", ["-c", `eval "$(node cli/antipode.mjs env)" && pulumi stack output hostname -s us`]));
        expect(hostname.trim()).toBe(`us.${domain}`);
    });
});

describe("what is misspelt", () => {
    it.each([
        [["up", "cm"], /^STACK_UNKNOWN: .*"cm"[^]*Did you mean cn\?/m],
        [["logs", "uk"], /^REGION_UNKNOWN: .*"uk"[^]*Did you mean us\?/m],
        [["visit", "eq", "--", "true"], /^PLACE_UNKNOWN: .*"eq"[^]*Did you mean eu\?/m],
        [["pocket", "stop", "us", "ap"], new RegExp(`^FAULT_NOT_MADE: .*\\(stop ap\\): no service has that role; there are ${appService} gateway pilot$`, "m")],
        [["pulumi", "--", "up"], /^STACK_NOT_NAMED: /m],
    ])("is refused with what was meant: %j", async (words, told) => {
        const { code, stderr } = await antipode(...words);
        expect([code, stderr]).toEqual([1, expect.stringMatching(told)]);
    });
});

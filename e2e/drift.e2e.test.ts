import { afterAll, describe, expect, it } from "vitest";
import { antipode, atConsole, domain, must, pulumi, run, served, stackOutput, visitor } from "./pocket";
import { world } from "../pocket/network/world";

const drifted = (stack: string) => pulumi("refresh", "-s", stack, "--preview-only", "--expect-no-changes");
const mend = (stack: string) => must(antipode("up", stack));

describe("what somebody changed by hand", () => {
    it("is nothing, to begin with", async () => {
        for (const stack of ["cn", "us", "edge"]) expect((await drifted(stack)).code, stack).toBe(0);
    });

    it("a firewall rule: refresh tells, the next up mends", async () => {
        const { machine } = await stackOutput("us");
        const https = await ruleOf(machine, 443);
        await atConsole({ deed: "removeRule", rule: { aws: https } });
        expect((await visitor("us", "curl", "-s", "--max-time", "3", `https://us.${domain}/health`)).code).not.toBe(0);
        const told = await drifted("us");
        expect(told.code).not.toBe(0);
        expect(told.stdout).toMatch(/SecurityGroupIngressRule us-https/);
        await mend("us");
        expect((await visitor("us", "curl", "-s", "--max-time", "3", `https://us.${domain}/health`)).code).toBe(0);
        expect((await drifted("us")).code).toBe(0);
    });

    it("a DNS record: refresh tells, the next up mends", async () => {
        const { address } = await stackOutput("cn");
        const asked = async () => (await must(run("dig", [`@${world.authority}`, `cn.${domain}`, "+short"]))).trim();
        await atConsole({ deed: "changeDnsRecord", name: `cn.${domain}`, content: "198.51.100.99" });
        expect(await asked()).toBe("198.51.100.99");
        const told = await drifted("cn");
        expect(told.code).not.toBe(0);
        expect(told.stdout).toMatch(/DnsRecord cn-names-cn-yourapp/);
        await mend("cn");
        expect(await asked()).toBe(address);
    });

    // AWS forgets a binding with its machine; Tencent's provider goes on finding it.
    it.each([["us", 2], ["cn", 1]])("the machine of %s: refresh tells, the next up makes it anew under the same address", async (region, gone) => {
        const before = await stackOutput(region);
        await atConsole({ deed: "terminateInstance", id: before.machine });
        const told = await drifted(region);
        expect(told.code).not.toBe(0);
        expect(`${told.stdout}${told.stderr}`).toMatch(new RegExp(`- ${gone} to delete`));
        await mend(region);
        const after = await stackOutput(region);
        expect(after.machine).not.toBe(before.machine);
        expect(after.address).toBe(before.address);
        for (const place of ["us", "cn"]) await served(place, place.toUpperCase(), 90);
        expect((await drifted(region)).code).toBe(0);
    }, 400_000);

    // A test that failed half-way must not leave its mess to the others.
    afterAll(() => antipode("up"), 300_000);
});

async function ruleOf(machine: string, port: number): Promise<string> {
    const state = JSON.parse(await must(pulumi("stack", "export", "-s", "us"))) as { deployment: { resources: { type: string; id: string; inputs: { toPort?: number } }[] } };
    const rule = state.deployment.resources.find((r) => r.type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" && r.inputs.toPort === port);
    if (!rule) throw new Error(`${machine} has no rule for port ${port}`);
    return rule.id;
}

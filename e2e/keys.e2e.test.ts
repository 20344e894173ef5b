import { afterAll, describe, expect, it } from "vitest";
import { until } from "../pocket/until";
import { antipode, api, login, must, pulumi, served, version, visitor } from "./pocket";
import { appOf, deploy, versionAt } from "./versions";

/** How a region receives a token: 404 for one that is good, because the conversation does not exist. */
async function welcome(place: string, token: string): Promise<string> {
    return (await visitor(place, "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", `authorization: Bearer ${token}`, `${api}/api/sessions/11111111-1111-4111-8111-111111111111/messages`)).stdout;
}

const both = async (token: string) => [await welcome("us", token), await welcome("cn", token)];

const regions = ["cn", "us"] as ("cn" | "us")[];

/** The key of before is gone for good, and with it what the version in the source was made with: all is made anew. */
async function asBefore(): Promise<void> {
    await pulumi("config", "rm", "antipode:jwtKey", "-s", "cn");
    for (const region of regions) await pulumi("config", "rm", "antipode:appFolder", "-s", region);
    for (const stack of ["edge", "us", "cn"]) await must(pulumi("destroy", "-s", stack, "--yes", "--skip-preview"));
    await must(antipode("up"));
}

describe("the key of the users' tokens", () => {
    let changed = false;
    afterAll(async () => {
        if (changed) await asBefore();
    }, 300_000);

    it("is changed by a new version in both regions, and nobody who is logged in notices; a key that is gone opens nothing", async () => {
        const before = await login("us", "ada");
        changed = true;
        // As docs/real-clouds.md tells a person.
        await must(pulumi("config", "set", "antipode:jwtKey", "2", "-s", "cn"));
        await deploy(regions, appOf("1.0.9"), "low");
        for (const region of regions) await until(async () => (await versionAt(region)) === "1.0.9", { seconds: 90, every: 500, what: `1.0.9 to answer in ${region}` });
        const after = await login("cn", "ada");
        expect([await both(before), await both(after)]).toEqual([["404", "404"], ["404", "404"]]);

        for (const region of regions) {
            await must(antipode("abort", region));
            await until(async () => (await versionAt(region)) === version, { seconds: 60, every: 500, what: `${version} to answer in ${region}` });
        }
        expect([await both(before), await both(after)]).toEqual([["404", "404"], ["401", "401"]]);
        await asBefore();
        changed = false;
        for (const region of regions) await served(region, region.toUpperCase(), 90);
    }, 600_000);
});

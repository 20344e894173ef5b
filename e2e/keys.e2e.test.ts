import { afterAll, describe, expect, it } from "vitest";
import { antipode, api, login, must, pulumi, served, visitor } from "./pocket";

/** How a region receives a token: 404 for one that is good, because the conversation does not exist. */
async function welcome(place: string, token: string): Promise<string> {
    return (await visitor(place, "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", `authorization: Bearer ${token}`, `${api}/api/sessions/11111111-1111-4111-8111-111111111111/messages`)).stdout;
}

const both = async (token: string) => [await welcome("us", token), await welcome("cn", token)];

/** As docs/real-clouds.md tells a person. */
async function keyIs(number: number | undefined): Promise<void> {
    await must(pulumi("config", ...(number === undefined ? ["rm", "antipode:jwtKey"] : ["set", "antipode:jwtKey", String(number)]), "-s", "cn"));
    await must(antipode("up", "cn", "us"));
    for (const place of ["cn", "us"]) await served(place, place.toUpperCase(), 90);
}

describe("the key of the users' tokens", () => {
    let changed = false;
    afterAll(async () => {
        if (changed) await keyIs(undefined);
    }, 300_000);

    it("is changed in both regions, and nobody who is logged in notices; a key that is gone opens nothing", async () => {
        const before = await login("us", "ada");
        changed = true;
        await keyIs(2);
        const after = await login("cn", "ada");
        expect([await both(before), await both(after)]).toEqual([["404", "404"], ["404", "404"]]);

        await keyIs(undefined);
        changed = false;
        expect([await both(before), await both(after)]).toEqual([["404", "404"], ["401", "401"]]);
    }, 600_000);
});

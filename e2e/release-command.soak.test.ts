import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Told } from "../cli/release/told";
import { accounts, antipode, domain, must, version, visitor } from "./pocket";
import { appOf, over, restore, set, shared } from "./versions";

const regions = ["us", "cn"] as ("cn" | "us")[];

/** What a user of the pocket's WeChat is given at a login in us, and his OpenID, which WeChat tells to whoever has the app's secret. */
async function loggedIn(user: string): Promise<{ proof: string; openid: string }> {
    const code = async () => (JSON.parse(await must(visitor("us", "curl", "-sSf", `https://api.weixin.qq.com/pocket/login?user=${user}`))) as { code: string }).code;
    const { wechatAppid, wechatSecret } = accounts();
    const session = await must(visitor("us", "curl", "-sSf", `https://api.weixin.qq.com/sns/jscode2session?appid=${wechatAppid}&secret=${wechatSecret}&js_code=${await code()}&grant_type=authorization_code`));
    const login = await must(visitor("us", "curl", "-sSf", "-H", "content-type: application/json", "-d", JSON.stringify({ code: await code() }), `https://us.${domain}/api/auth/login`));
    return { proof: (JSON.parse(login) as { testerProof: string }).testerProof, openid: (JSON.parse(session) as { openid: string }).openid };
}

/** Which version answers whoever sends these headers, or comes with this query. */
async function versionFor(headers: Record<string, string>, query = ""): Promise<string> {
    const words = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
    return (JSON.parse(await must(visitor("us", "curl", "-sSf", ...words, `https://us.${domain}/api/health${query}`))) as { version: string }).version;
}

/** The id of a visitor who is not among the first tenth. */
async function lateComer(candidate: string): Promise<string> {
    for (;;) {
        const id = randomBytes(12).toString("hex");
        if ((await versionFor({ "x-antipode-visitor": id })) !== candidate) return id;
    }
}

const events = (stdout: string) => stdout.trim().split("\n").map((line) => JSON.parse(line) as Told);

describe("`release`", () => {
    beforeAll(async () => {
        for (const region of regions) await set(region, { releaseWindowSeconds: "3", releaseKeepSeconds: "3" });
    });
    afterAll(async () => {
        for (const region of regions) await restore(region);
    }, 400_000);

    it("ends with 3 when a person stops it; meanwhile testers get the version, and nobody who guesses", async () => {
        const [ada, bob] = [await loggedIn("ada"), await loggedIn("bob")];
        await set("us", { appFolder: appOf("4.1.0"), testers: JSON.stringify([ada.openid]) });
        const release = antipode("release", "--regions", "us", "--strategy", "10,100", "--json");
        await shared("us", "4.1.0");
        await must(antipode("pause", "us"));
        const { code, stdout } = await release;
        expect([code, events(stdout).at(-1)!.what]).toEqual([3, expect.stringMatching(/^paused: by /)]);

        const visits = { "x-antipode-visitor": await lateComer("4.1.0") };
        const { testLink } = (JSON.parse(await must(antipode("traffic", "us", "--json"))) as { testLink: string }[])[0]!;
        expect([
            await versionFor({ ...visits, "x-antipode-tester": ada.proof }), await versionFor(visits, `?${testLink}`),
            await versionFor({ ...visits, "x-antipode-tester": bob.proof }), await versionFor({ ...visits, "x-antipode-tester": ada.openid }), await versionFor(visits, `?antipode_test=${ada.openid}`),
        ]).toEqual(["4.1.0", "4.1.0", version, version, version]);

        const refused = await antipode("release", "--regions", "us");
        expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("4.1.0")]);
        await must(antipode("resume", "us"));
        expect((await antipode("releases", "us", "-f", "--json")).code).toBe(0);
    }, 300_000);

    it("goes to the second region when the first has it, and ends with 2 where it goes back", async () => {
        // The same source, good in us; in cn its model is not there.
        await set("cn", { volcengineEndpointId: "ep-notfound" });
        for (const region of regions) await set(region, { appFolder: appOf("4.2.0") });
        const { code, stdout } = await antipode("release", "--regions", "us,cn", "--strategy", "50,100", "--json");
        const told = events(stdout);
        const ends = regions.map((region) => told.filter((event) => event.region === region).at(-1)!.what);
        expect([code, ends]).toEqual([2, ["finished", expect.stringMatching(/^gone back: its own check, a login and a chat to its end, failed/)]]);
        const finished = told.findIndex(({ region, phase }) => region === "us" && phase === "finished");
        expect(told.findIndex(({ region }) => region === "cn")).toBeGreaterThan(finished);
        expect((await over("cn", "4.2.0")).at(-1)!.phase).toBe("back");
    }, 300_000);
});

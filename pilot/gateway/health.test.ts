import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask } from "../test/client";
import { gatewayOf, nginx } from "../test/nginx";
import { Backend } from "../test/backend";
import { type TwoVersions, twoVersions } from "../test/two-versions";

const home = "https://us.yourapp.test";

describe.skipIf(nginx === undefined)("the public health path", () => {
    let both: TwoVersions;
    beforeEach(async () => void (both = await twoVersions()));
    afterEach(() => both.stop());

    const told = async (url: string, headers: Record<string, string> = {}) => {
        const reply = await ask(both.gateway, url, { headers });
        return [reply.status, reply.headers["x-antipode-region"], reply.headers["x-antipode-version"]];
    };

    it("is the app's own one, and says which region and version answer", async () => {
        both.stable.answer = (request, response) => void response.writeHead(request.url === "/up?x=1" ? 200 : 404, { "x-antipode-region": "moon", "x-antipode-version": "9" }).end("fine");
        await both.gateway.serve({ ...both.state, app: { ...both.state.app!, health: "/up" } });
        expect(await told(`${home}/api/health?x=1`)).toEqual([200, "us", "1.4.0"]);
        expect([await told(`${home}/health`), await told(`${home}/up`)]).toEqual([[404, undefined, undefined], [404, undefined, undefined]]);
        const reply = await ask(both.gateway, `${home}/api/health`);
        expect([reply.headers["strict-transport-security"], reply.headers["x-request-id"]]).toEqual(["max-age=31536000", expect.stringMatching(/^[0-9a-f]{32}$/)]);
    });

    it("is /api/health itself of the bundled app", async () => {
        await both.gateway.serve(both.state);
        expect(await told(`${home}/api/health`)).toEqual([200, "us", "1.4.0"]);
        expect(both.stable.seen.map(({ url }) => url)).toEqual(["/api/health"]);
    });

    it("is that of the version that the visitor gets", async () => {
        const app = { ...both.state.app!, health: "/up" };
        await both.gateway.serve({ ...both.state, app, candidate: { version: "1.5.0", addresses: [both.candidate.address], health: "/ready", weight: 0, testers: ["a".repeat(32)] } });
        expect([await told(`${home}/api/health`), await told(`${home}/api/health`, { "x-antipode-tester": "a".repeat(32) })]).toEqual([[200, "us", "1.4.0"], [200, "us", "1.5.0"]]);
        await both.gateway.serve({ ...both.state, candidate: { version: "1.5.0", addresses: [both.candidate.address], health: "/ready", weight: 100, testers: [] } });
        expect(await told(`${home}/api/health`)).toEqual([200, "us", "1.5.0"]);
        expect([both.stable.seen.map(({ url }) => url), both.candidate.seen.map(({ url }) => url)]).toEqual([["/up"], ["/ready", "/ready"]]);
    });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { World, type App } from "../test/world";

describe("the files of the page", () => {
    let world: World;
    let app: App;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
    });
    afterAll(() => world.stop());

    it.each([
        ["/", "text/html; charset=utf-8", '<script type="module" src="/page.js"></script>'],
        ["/page.js", "text/javascript; charset=utf-8", "/api/chat"],
        ["/page.css", "text/css; charset=utf-8", "env(safe-area-inset-bottom)"],
        ["/icon.svg", "image/svg+xml", "<svg"],
    ])("%s is served under a strict policy, and not twice to whoever has it", async (path, type, part) => {
        const response = await app.get(path);
        expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
        expect(await response.text()).toContain(part);
        expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self'; .*trusted-types/);
        expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
        expect(response.headers.get("cache-control")).toBe("no-cache");
        const etag = response.headers.get("etag")!;
        const again = await fetch(app.url + path, { headers: { "If-None-Match": etag } });
        expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    });

    it("have no script or style inside", async () => {
        const html = await (await app.get("/")).text();
        expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
    });
});

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { askHealthDirectly, condition, readHealth } from "./health";

describe("a health page", () => {
    it("is read", () => {
        expect(readHealth('{"status":"healthy","region":"US","database":"ok"}')).toMatchObject({ status: "healthy", region: "US" });
    });
    it("tells how the region is", () => {
        expect([
            condition({ status: "healthy", region: "US" }),
            condition({ status: "healthy", region: "US", degraded: false }),
            condition({ status: "healthy", region: "US", degraded: true }),
            condition({ status: "unhealthy", region: "US", degraded: true }),
        ]).toEqual(["healthy", "healthy", "degraded", "unhealthy"]);
    });
    it("that is none is told as it came", () => {
        expect(readHealth("<html>502 Bad Gateway</html>")).toBe('it answers "<html>502 Bad Gateway</html>"');
        expect(readHealth("null")).toBe('it answers "null"');
    });
});

describe("a health page that is asked directly", () => {
    it("gives the answer, whatever its status", async () => {
        vi.stubGlobal("fetch", async (url: string) => new Response(JSON.stringify({ status: "unhealthy", region: "US", url }), { status: 503 }));
        expect(await askHealthDirectly("us.yourapp.com")).toEqual({ status: "unhealthy", region: "US", url: "https://us.yourapp.com/api/health" });
        vi.unstubAllGlobals();
    });

    it("or why there was none", async () => {
        const server = createServer().listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        await new Promise((resolve) => server.close(resolve));
        expect(await askHealthDirectly(`127.0.0.1:${port}`)).toBe(`fetch failed: connect ECONNREFUSED 127.0.0.1:${port}`);
    });
});

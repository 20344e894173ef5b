import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { askHealthDirectly, condition, readHealth, readShown } from "./health";

describe("a health page", () => {
    it("is read", () => {
        expect(readHealth('{"status":"healthy","region":"US","database":"ok"}')).toMatchObject({ status: "healthy", region: "US" });
    });
    it("of an app of one's own is read from what the gateway adds", () => {
        const own = { status: 200, region: "us", version: "2.0.0" };
        expect([readHealth("ok\n", own), readHealth("", { ...own, status: 503 }), readHealth("ok", { status: 200, region: "cn" })]).toEqual([
            { status: "healthy", region: "US", version: "2.0.0" }, { status: "unhealthy", region: "US", version: "2.0.0" }, { status: "healthy", region: "CN" },
        ]);
        expect(readHealth('{"status":"fine","region":"moon"}', own)).toEqual({ status: "healthy", region: "US", version: "2.0.0" });
        expect(readHealth('{"status":"healthy","degraded":true,"region":"US","database":"error"}', own)).toMatchObject({ degraded: true });
    });

    it("is read from what curl shows, headers first", () => {
        const head = "HTTP/2 200 \r\ncontent-type: text/plain\r\nX-Antipode-Region: us\r\nx-antipode-version: 2.0.0\r\n\r\n";
        expect(readShown(`${head}ok\r\n\r\nX-Antipode-Region: cn`)).toEqual({ status: "healthy", region: "US", version: "2.0.0" });
        expect(readShown("HTTP/2 502 \r\nserver: nginx\r\n\r\n<html>502 Bad Gateway</html>")).toBe('it answers "<html>502 Bad Gateway</html>"');
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
        vi.stubGlobal("fetch", async () => new Response("ok", { headers: { "x-antipode-region": "us", "x-antipode-version": "2.0.0" } }));
        expect(await askHealthDirectly("us.yourapp.com")).toEqual({ status: "healthy", region: "US", version: "2.0.0" });
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

import { describe, expect, it } from "vitest";
import { condition, readHealth } from "./health";

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

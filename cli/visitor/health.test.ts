import { describe, expect, it } from "vitest";
import { readHealth } from "./health";

describe("a health page", () => {
    it("is read", () => {
        expect(readHealth('{"status":"healthy","region":"US","database":"ok"}')).toMatchObject({ status: "healthy", region: "US" });
    });
    it("that is none is told as it came", () => {
        expect(readHealth("<html>502 Bad Gateway</html>")).toBe('it answers "<html>502 Bad Gateway</html>"');
        expect(readHealth("null")).toBe('it answers "null"');
    });
});

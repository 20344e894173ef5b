import { describe, expect, it } from "vitest";
import { regionStanding, worldText } from "./standing";

const outputs = { address: "198.51.100.4", cloud: "aws", version: "1.0.0" };

describe("a region as it stands", () => {
    it("is healthy when its visitor says so", () => {
        expect(regionStanding("us", "yourapp.test", outputs, { status: "healthy", region: "US" })).toEqual({
            name: "us",
            cloud: "aws",
            address: "198.51.100.4",
            url: "https://us.yourapp.test",
            healthy: true,
            version: "1.0.0",
        });
    });

    it("has the version that answers, whatever its source says", () => {
        expect(regionStanding("us", "yourapp.test", outputs, { status: "healthy", region: "US", version: "0.9.0" }).version).toBe("0.9.0");
    });

    it.each([
        ["curl: (7) refused", "curl: (7) refused"],
        [{ status: "unhealthy", region: "US" }, "it says unhealthy"],
    ])("is not, and says why: %j", (seen, why) => {
        expect(regionStanding("us", "yourapp.test", {}, seen)).toMatchObject({ healthy: false, why, version: null });
    });

    it("serves without its database, and says so", () => {
        expect(regionStanding("us", "yourapp.test", outputs, { status: "healthy", region: "US", degraded: true })).toMatchObject({ healthy: true, degraded: true });
    });

    it("is told in columns", () => {
        const regions = [
            regionStanding("us", "yourapp.test", outputs, { status: "healthy", region: "US", degraded: true }),
            regionStanding("us", "yourapp.test", outputs, { status: "healthy", region: "US" }),
            regionStanding("cn", "yourapp.test", { ...outputs, cloud: "tencent" }, "no answer"),
        ];
        const edge = { name: "api.yourapp.test", pools: [{ name: "us", healthy: true }, { name: "cn", healthy: false }], steering: {} };
        expect(worldText({ domain: "yourapp.test", regions, edge }).split("\n")).toEqual([
            "https://api.yourapp.test",
            "✔  us  aws      198.51.100.4  https://us.yourapp.test  app-1-0-0  degraded: its database is away",
            "✔  us  aws      198.51.100.4  https://us.yourapp.test  app-1-0-0  healthy",
            "✘  cn  tencent  198.51.100.4  https://cn.yourapp.test  app-1-0-0  no answer",
            "edge api.yourapp.test: ✔ us   ✘ cn",
        ]);
    });

    it("is nothing on an empty cloud", () => {
        expect(worldText({ domain: "d.test", regions: [], edge: null })).toBe("https://api.d.test\nedge: none\nNo region stands: npm run up");
    });
});

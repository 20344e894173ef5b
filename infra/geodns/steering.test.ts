import { describe, expect, it } from "vitest";
import { steering } from "./steering";

describe("steering", () => {
    it("of two regions writes each order out", () => {
        expect(steering(["cn", "us"])).toEqual({
            byRegion: { WNAM: ["us", "cn"], ENAM: ["us", "cn"], NEAS: ["cn", "us"], SEAS: ["cn", "us"], SAS: ["cn", "us"] },
            byCountry: { CN: ["cn", "us"] },
            others: ["us", "cn"],
        });
    });

    it("of one region sends everybody there", () => {
        const one = steering(["cn"]);
        expect(new Set(Object.values({ ...one.byRegion, ...one.byCountry, others: one.others }).flat())).toEqual(new Set(["cn"]));
    });
});

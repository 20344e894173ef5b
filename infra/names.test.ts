import { describe, expect, it } from "vitest";
import { appService, databaseHost, secretName } from "./names";

describe("names", () => {
    it("of a version is a DNS label", () => {
        expect(appService("1.4.0")).toBe("app-1-4-0");
        expect(appService("2.0.0-rc.1")).toBe("app-2-0-0-rc-1");
    });

    it("of the database stand under cn", () => expect(databaseHost("yourapp.com")).toBe("db.cn.yourapp.com"));

    it("of a secret change with its value and fit Docker's 64 characters", () => {
        expect(secretName("JWT_SECRET", "a")).toMatch(/^JWT_SECRET-[0-9a-f]{12}$/);
        expect(secretName("JWT_SECRET", "a")).not.toBe(secretName("JWT_SECRET", "b"));
        expect(secretName("X".repeat(80), "a")).toHaveLength(64);
    });
});

import { describe, expect, it } from "vitest";
import type { RegionSettings } from "../settings/schema";
import { appEnv } from "./app";

describe("the room for a conversation", () => {
    const settings = { domain: "yourapp.com", llmUpstreams: ["ark"], corsOrigins: [], appFolder: "app" } as unknown as RegionSettings;
    const without = appEnv("us", settings);

    it("is no part of a version that does not set it", () => {
        expect(Object.keys(without).filter((name) => name.endsWith("CONTEXT_TOKENS"))).toEqual([]);
    });

    it("is given to the app, and changes nothing else", () => {
        expect(appEnv("us", { ...settings, volcengineContextTokens: 200_000, deepseekContextTokens: 100_000 })).toEqual({
            ...without,
            VOLCENGINE_CONTEXT_TOKENS: "200000",
            DEEPSEEK_CONTEXT_TOKENS: "100000",
        });
    });
});

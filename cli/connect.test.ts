import { getDefaultAutoSelectFamilyAttemptTimeout, setDefaultAutoSelectFamilyAttemptTimeout } from "node:net";
import { expect, it, vi } from "vitest";

it("the command line gives a connection across an ocean its time", async () => {
    setDefaultAutoSelectFamilyAttemptTimeout(250);
    vi.resetModules();
    await import("./main");
    expect(getDefaultAutoSelectFamilyAttemptTimeout()).toBe(1_500);
});

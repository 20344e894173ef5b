import { getDefaultAutoSelectFamilyAttemptTimeout, setDefaultAutoSelectFamilyAttemptTimeout } from "node:net";
import { expect, it, vi } from "vitest";

it.each(["../run", "../certificates/order", "../certificates/probe", "../releases/webhook"])("%s gives a connection across an ocean its time", async (file) => {
    setDefaultAutoSelectFamilyAttemptTimeout(250);
    vi.resetModules();
    await import(file);
    expect(getDefaultAutoSelectFamilyAttemptTimeout()).toBe(1_500);
});

import { expect, it } from "vitest";
import { within } from "./within";

it("gives what comes in time", async () => expect(await within(Promise.resolve("here"), 10, "it")).toBe("here"));
it("passes a failure on", async () => expect(within(Promise.reject(new Error("refused")), 10, "it")).rejects.toThrow("refused"));
it("says what is late", async () => expect(within(new Promise(() => undefined), 0.01, "the order")).rejects.toThrow("the order took longer than 0.01 s"));

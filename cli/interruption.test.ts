import { describe, expect, it } from "vitest";
import { Interrupted, watching } from "./interruption";

describe("an interruption", () => {
    it("says what goes on elsewhere, and how to look again", async () => {
        const work = watching("The release goes on: npx antipode releases us -f", () => Promise.reject(new Interrupted("SIGINT")));
        await expect(work).rejects.toMatchObject({ name: "Interrupted", signal: "SIGINT", advice: "The release goes on: npx antipode releases us -f" });
        expect(new Interrupted("SIGTERM").advice).toBe("The same command goes on from here.");
    });

    it("is told from all else that is thrown", async () => {
        await expect(watching("advice", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
        expect(await watching("advice", async () => 1)).toBe(1);
    });
});

import { expect, it } from "vitest";
import { unlessCanceled, within } from "./within";

it("gives what comes in time, and cancels nothing", async () => {
    let canceled: AbortSignal | undefined;
    expect(await within(async (signal) => ((canceled = signal), "here"), 10, "it")).toBe("here");
    expect(canceled!.aborted).toBe(false);
});
it("passes a failure on", async () => expect(within(() => Promise.reject(new Error("refused")), 10, "it")).rejects.toThrow("refused"));
it("says what is late", async () => expect(within(() => new Promise(() => undefined), 0.01, "the order")).rejects.toThrow("the order took longer than 0.01 s"));
it("cancels what is late, which then does nothing more", async () => {
    const done: string[] = [];
    let ended: Promise<void> | undefined;
    let answer = () => {};
    const work = async (signal: AbortSignal) => {
        await unlessCanceled(signal, new Promise<void>((resolve) => (answer = resolve)));
        done.push("wrote");
    };
    await expect(within((signal) => (ended = work(signal)), 0.01, "the order")).rejects.toThrow("the order took longer");
    answer();
    await expect(ended).rejects.toThrow("the order took longer than 0.01 s");
    expect(done).toEqual([]);
});

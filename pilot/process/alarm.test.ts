import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Alarm } from "./alarm";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;
/** Milliseconds that a sleep lasted, and whether a call ended it. */
async function slept(alarm: Alarm, signal = never): Promise<[ms: number, rung: boolean]> {
    const began = Date.now();
    const rung = await alarm.sleep(2, signal);
    return [Date.now() - began, rung];
}

it("lasts its time when nobody calls", async () => {
    const sleeping = slept(new Alarm());
    await vi.runAllTimersAsync();
    expect(await sleeping).toEqual([2000, false]);
});

it("ends at a call", async () => {
    const alarm = new Alarm();
    const sleeping = slept(alarm);
    await vi.advanceTimersByTimeAsync(500);
    alarm.ring();
    expect(await sleeping).toEqual([500, true]);
});

it("does not begin after a call that came while nobody slept, however many did, and then does", async () => {
    const alarm = new Alarm();
    alarm.ring();
    alarm.ring();
    expect(await slept(alarm)).toEqual([0, true]);
    const sleeping = slept(alarm);
    await vi.runAllTimersAsync();
    expect(await sleeping).toEqual([2000, false]);
});

it("ends, or does not begin, when all is over", async () => {
    const over = new AbortController();
    const sleeping = slept(new Alarm(), over.signal);
    await vi.advanceTimersByTimeAsync(500);
    over.abort();
    expect(await sleeping).toEqual([500, false]);
    expect(await slept(new Alarm(), over.signal)).toEqual([0, false]);
});

it("takes calls that come together for one", async () => {
    const alarm = new Alarm();
    const settling = alarm.settle(0.1, never);
    alarm.ring();
    await vi.advanceTimersByTimeAsync(100);
    await settling;
    const sleeping = slept(alarm);
    await vi.runAllTimersAsync();
    expect(await sleeping).toEqual([2000, false]);
});

import { pause } from "./pause";

/** A pause that others may cut short. A call that comes while nobody sleeps is kept: it ends the next pause as it begins. */
export class Alarm {
    private rung = false;
    private end = () => {};

    ring(): void {
        this.rung = true;
        this.end();
    }

    /** True when it was cut short by a call; it never rejects. */
    async sleep(seconds: number, signal: AbortSignal): Promise<boolean> {
        const early = new AbortController();
        this.end = () => early.abort();
        signal.addEventListener("abort", this.end);
        if (!this.rung) await pause(seconds, signal.aborted ? signal : early.signal);
        signal.removeEventListener("abort", this.end);
        const { rung } = this;
        this.rung = false;
        return rung;
    }

    /** Lets those calls come that belong to the last one: they are not kept, for what follows sees all of it. */
    async settle(seconds: number, signal: AbortSignal): Promise<void> {
        await pause(seconds, signal);
        this.rung = false;
    }
}

/** How often the sessions are counted. */
const EVERY_MS = 15_000;

/** How many sessions are alive: counted now and then, so that whoever asks waits for nothing and costs nothing. */
export class Census {
    /** As last counted; undefined while the database is away. */
    active: number | undefined;
    private readonly timer: NodeJS.Timeout;

    /** @param count throws while it cannot be known */
    constructor(private readonly count: () => Promise<number>) {
        this.timer = setInterval(() => void this.take(), EVERY_MS);
        this.timer.unref();
    }

    async take(): Promise<void> {
        try {
            this.active = await this.count();
        } catch {
            this.active = undefined;
        }
    }

    close(): void {
        clearInterval(this.timer);
    }
}

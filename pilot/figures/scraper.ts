import type { Metrics } from "../apps/contract";
import { getPage } from "./get";
import { between, readSample, type Sample } from "./instance-metrics";

/** Looks at instances, and remembers what each had counted the last time. */
export class Scraper {
    private readonly last = new Map<string, Sample>();

    /**
     * What an instance counted since the last look; nothing at the first.
     * @param address `address:port` of the instance's service
     * @throws Error when it does not tell
     */
    async look(address: string, { port, path }: Metrics): Promise<Sample> {
        const { status, text } = await getPage(`http://${address.split(":")[0]}:${port}${path}`);
        if (status !== 200) throw new Error(`its metrics answer ${status}`);
        const after = readSample(text);
        const before = this.last.get(address);
        this.last.set(address, after);
        return before === undefined ? new Map() : between(before, after);
    }

    /** Forgets all instances but these. */
    keep(addresses: Set<string>): void {
        for (const address of this.last.keys()) if (!addresses.has(address)) this.last.delete(address);
    }
}

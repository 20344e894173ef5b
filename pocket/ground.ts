import { reconcile } from "./machine/machines";
import type { Landscape, Place } from "./model";
import { ruleset } from "./network/ruleset";
import { calm, delay, type Weather } from "./network/weather";
import { run } from "./run";
import type { Store } from "./store";

/** Draws one cloud's landscape from its records. */
export type View = (store: Store) => Landscape;
/** Makes a landscape true; rejects with what the machine said when something cannot be. */
export type Apply = (landscape: Landscape, weather: Weather) => Promise<void>;

const weather = { cloud: "world", kind: "weather", id: "weather", region: "global" };

/**
 * The ground that the clouds stand on: makes machines, networks and firewalls what the clouds' records say. One
 * change at a time; whoever asks while one is being made shares the next.
 */
export class Ground {
    private current?: Promise<void>;
    private next?: Promise<void>;

    constructor(private readonly store: Store, private readonly views: View[], private readonly apply: Apply) {}

    landscape(): Landscape {
        const drawn = this.views.map((view) => view(this.store));
        return {
            subnets: drawn.flatMap((l) => l.subnets),
            machines: drawn.flatMap((l) => l.machines),
            addresses: drawn.flatMap((l) => l.addresses),
            firewalls: drawn.flatMap((l) => l.firewalls),
        };
    }

    /** Ends when everything is as the records say; rejects with what the machine said when something cannot be. */
    settle(): Promise<void> {
        if (!this.current) return (this.current = this.make().finally(() => (this.current = undefined)));
        return (this.next ??= this.current.catch(() => undefined).then(() => {
            this.next = undefined;
            return this.settle();
        }));
    }

    /** What was ordered last. It is kept with the clouds' records, so that it lasts as long as they do. */
    get weather(): Weather {
        return this.store.get<Weather>(weather.cloud, weather.id)?.props ?? calm;
    }

    /** Keeps the machines of two regions from hearing each other until `heal`. */
    partition(a: Place, b: Place): Promise<void> {
        return this.order({ ...this.weather, partitions: [[a, b]] });
    }

    /** Sets us and cn apart, milliseconds each way, until `heal`. */
    delay(ms: number): Promise<void> {
        return this.order({ ...this.weather, delayMs: ms });
    }

    heal(): Promise<void> {
        return this.order(calm);
    }

    /** What cannot be made is not kept, or nothing else could be made from then on. */
    private async order(wanted: Weather): Promise<void> {
        const before = this.weather;
        this.keep(wanted);
        await this.settle().catch((error: Error) => {
            this.keep(before);
            throw error;
        });
    }

    private keep(props: Weather): void {
        this.store.put({ ...weather, props: { ...props } });
    }

    private async make(): Promise<void> {
        await this.apply(this.landscape(), this.weather);
    }
}

/** Makes this computer's packet filter and containers what a landscape says; machines boot from `image`. */
export function onThisComputer(image: string): Apply {
    return async (landscape, weather) => {
        // The firewall first: no machine is ever up without it.
        await run("nft", ["-f", "-"], { input: ruleset(landscape, weather) });
        await reconcile(landscape, image);
        await delay(weather.delayMs, landscape);
    };
}

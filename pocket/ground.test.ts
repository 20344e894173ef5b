import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../testing/scratch";
import { Ground } from "./ground";
import type { Landscape, Place } from "./model";
import type { Weather } from "./network/weather";
import { Store } from "./store";

const nothing: Landscape = { subnets: [], machines: [], addresses: [], firewalls: [] };
/** A cloud whose records are its subnets. */
const cloud = (name: string, place: Place) => (store: Store): Landscape =>
    ({ ...nothing, subnets: store.list<{ cidr: string }>(name, "subnet").map(({ id, props }) => ({ id, place, cidr: props.cidr })) });

let file: string;
let store: Store;
/** What is being made, with the ways to end it. */
let making: { subnets: string[]; weather: Weather; done(): void; fail(error: Error): void }[];
let ground: Ground;
beforeEach(() => {
    file = join(scratch(), "cloud.json");
    store = new Store(file);
    making = [];
    ground = begin();
});
const begin = () => new Ground(store, [cloud("aws", "us"), cloud("tencent", "cn")], ({ subnets }, weather) =>
    new Promise<void>((done, fail) => making.push({ subnets: subnets.map((s) => `${s.place} ${s.id}`), weather, done, fail })));
const put = (name: string, id: string) => store.put({ cloud: name, kind: "subnet", id, region: "r", props: { cidr: "10.0.0.0/24" } });
/** Lets everything that waits for nothing but promises go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("the ground", () => {
    it("is what all clouds draw together", () => {
        put("tencent", "subnet-b");
        put("aws", "subnet-a");
        expect(ground.landscape()).toEqual({ ...nothing, subnets: [{ id: "subnet-a", place: "us", cidr: "10.0.0.0/24" }, { id: "subnet-b", place: "cn", cidr: "10.0.0.0/24" }] });
    });

    it("makes one change at a time; all who ask meanwhile share the next, which sees what they wrote", async () => {
        const first = ground.settle();
        put("aws", "a");
        const second = ground.settle();
        put("aws", "b");
        const third = ground.settle();
        expect(third).toBe(second);
        await turn();
        expect(making.map((m) => m.subnets)).toEqual([[]]);
        making[0]!.done();
        await first;
        await turn();
        expect(making.map((m) => m.subnets)).toEqual([[], ["us a", "us b"]]);
        making[1]!.done();
        await Promise.all([second, third]);
        await turn();
        expect(making).toHaveLength(2);
    });

    it("tells a failure to those whose change it was, and goes on with the next", async () => {
        const first = ground.settle();
        const second = ground.settle();
        making[0]!.fail(new Error("no space left on device"));
        await expect(first).rejects.toThrow("no space left on device");
        await turn();
        making[1]!.done();
        await expect(second).resolves.toBeUndefined();
    });

    it("rejects when a cloud cannot be drawn, and can be asked again", async () => {
        let broken = true;
        const shaky = new Ground(store, [() => { if (broken) throw new Error("no such place"); return nothing; }], async () => undefined);
        await expect(shaky.settle()).rejects.toThrow("no such place");
        broken = false;
        await expect(shaky.settle()).resolves.toBeUndefined();
    });

    it("keeps two regions apart until they are healed", async () => {
        const partition = ground.partition("us", "cn");
        expect(ground.weather).toEqual({ partitions: [["us", "cn"]], delayMs: 0 });
        making[0]!.done();
        await partition;
        const heal = ground.heal();
        making[1]!.done();
        await heal;
        expect(making.map((m) => m.weather)).toEqual([{ partitions: [["us", "cn"]], delayMs: 0 }, { partitions: [], delayMs: 0 }]);
    });

    it("remembers what was ordered of the network, and makes it again, also after it was closed", async () => {
        const delay = ground.delay(90);
        making[0]!.done();
        await delay;
        const partition = ground.partition("us", "cn");
        making[1]!.done();
        await partition;
        store = new Store(file);
        ground = begin();
        void ground.settle();
        expect(making[2]!.weather).toEqual({ partitions: [["us", "cn"]], delayMs: 90 });
    });

    it("does not keep an order that could not be made", async () => {
        const delay = ground.delay(90);
        making[0]!.fail(new Error("no Go"));
        await expect(delay).rejects.toThrow("no Go");
        expect(ground.weather).toEqual({ partitions: [], delayMs: 0 });
    });
});

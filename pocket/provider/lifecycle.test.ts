import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Ledger } from "./ledger";
import { Lifecycle } from "./lifecycle";
import { random } from "./random";
import { TestCloud } from "./testing/cloud";
import { urn } from "./testing/engine";

const PASSWORD = "random:index/randomPassword:RandomPassword";

let cloud: TestCloud;
let ledger: Ledger;
let lifecycle: Lifecycle;
const make = (name: string) => lifecycle.create(cloud.kind("RandomPassword"), { length: 12 }, { ...cloud.context(), urn: urn(PASSWORD, name) });

beforeEach(() => {
    cloud = new TestCloud(random.kinds, "global");
    ledger = new Ledger(join(cloud.folder, "ledger.json"));
    lifecycle = new Lifecycle(random, ledger);
});

describe("a resource that Pulumi's state alone holds", () => {
    it("is made anew when the engine did not hear of it", async () => {
        const first = await make("root");
        expect(ledger.claim("us", [])).toEqual([]);
        const second = await make("root");
        expect(second.state.result).toMatch(/^.{12}$/);
        expect(second.state.result).not.toBe(first.state.result);
        expect(second.state.bcryptHash).toMatch(/^\$2/);
    });

    it("is not mistaken for another of the same id", async () => {
        const [lost, known] = [await make("root"), await make("app")];
        expect([lost.id, known.id]).toEqual(["none", "none"]);
        expect(ledger.claim("us", ["none"])).toEqual([]);
        expect((await make("root")).state.result).not.toBe(lost.state.result);
    });
});

import { expect, it } from "vitest";
import type { Release } from "../releases/release";
import { leads } from "./leads";

const release = (phase: Release["phase"], step = 0): Release => ({ id: "r", version: "1.1.0", from: "1.0.0", strategy: { weights: [10, 50, 100], windowSeconds: 600 }, phase, step, since: 0, watched: 0 });
const at = (weight: number) => ({ version: "1.0.0", candidate: { version: "1.1.0", weight } });

it.each([
    ["has the share of this step", at(10), release("canary"), true],
    ["has the share of the step before", at(10), release("canary", 1), false],
    ["has another candidate", { version: "1.0.0", candidate: { version: "1.0.9", weight: 10 } }, release("canary"), false],
    ["has no candidate", { version: "1.0.0" }, release("canary"), false],
    ["has been told nothing yet", {}, release("canary"), false],
    ["leads everybody to it", { version: "1.1.0" }, release("full"), true],
    ["still leads half of them to it", at(50), release("full"), false],
    ["need not lead anybody to it", { version: "1.0.0" }, release("starting"), true],
])("a gateway that %s", (_, status, release, as) => expect(leads(status, release)).toBe(as));

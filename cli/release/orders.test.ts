import { expect, it } from "vitest";
import { underWay } from "./fixture";
import { takenText } from "./orders";

const way = { region: "us" as const, real: false };

it.each([
    ["promote" as const, { ...underWay, step: 1 }, "✔ us: 1.5.0 is led on: 50 % of the visitors get it"],
    ["promote" as const, { ...underWay, phase: "finished" as const }, "✔ us: 1.5.0 is led on: it is finished"],
    ["pause" as const, { ...underWay, paused: "by ada" }, "‖ us: 1.5.0 stands still, 10 % of the visitors get it; `npx antipode resume us` lets it go on"],
    ["resume" as const, underWay, "✔ us: 1.5.0 goes on with a new window, 10 % of the visitors get it"],
])("an order is answered with what it came to: %s", (word, release, text) => expect(takenText(word, { way, release })).toBe(text));

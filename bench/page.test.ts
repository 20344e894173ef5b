import { expect, it } from "vitest";
import { pageOf, titles } from "./page";
import { parts } from "./parts";
import { whole } from "./plan";

it("the page has each part with its method and its table", () => {
    const size = { cpus: 2, model: "some CPU", memoryGiB: 8, system: "Linux 6.1", node: "20.20.0" };
    const text = pageOf({ relay: "| a table |" }, whole, size, "2026-01-02");
    expect(text).toContain("Measured on 2026-01-02 with 2 CPUs (some CPU), 8 GiB of memory, Linux 6.1, Node 20.20.0, with `npm run bench -- app`");
    expect(text).toContain("### What a relayed token costs\n\n100 streams of 30 tokens a second, each token sent");
    expect(text).toContain("3 rounds after one that warms up.\n\n| a table |");
    expect(parts.filter((part) => text.includes(`### ${titles[part]}\n`))).toEqual(parts);
});

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { holdsResources, stacksWithResources } from "./backend";

const withStacks = (stacks: Record<string, unknown[] | undefined>) => {
    const backend = scratch();
    mkdirSync(join(backend, ".pulumi", "stacks", "antipode"), { recursive: true });
    for (const [stack, resources] of Object.entries(stacks)) writeFileSync(join(backend, ".pulumi", "stacks", "antipode", `${stack}.json`), JSON.stringify({ version: 3, checkpoint: { stack, latest: { resources } } }));
    return backend;
};

it("holds resources when a stack's file does", () => expect(holdsResources(withStacks({ cn: [{ urn: "urn:x" }] }))).toBe(true));
it.each([[[]], [undefined]])("holds none in a stack that is empty: %j", (resources) => expect(holdsResources(withStacks({ cn: resources }))).toBe(false));
it("holds none where there is no backend", () => expect(holdsResources(join(scratch(), "none"))).toBe(false));
it("tells which stacks do", () => expect(stacksWithResources(withStacks({ cn: [{ urn: "urn:x" }], edge: [], us: [{ urn: "urn:y" }] })).sort()).toEqual(["cn", "us"]));

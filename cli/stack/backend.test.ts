import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { holdsResources } from "./backend";

const withStack = (resources: unknown[] | undefined) => {
    const backend = scratch();
    mkdirSync(join(backend, ".pulumi", "stacks", "antipode"), { recursive: true });
    writeFileSync(join(backend, ".pulumi", "stacks", "antipode", "cn.json"), JSON.stringify({ version: 3, checkpoint: { stack: "cn", latest: { resources } } }));
    return backend;
};

it("holds resources when a stack's file does", () => expect(holdsResources(withStack([{ urn: "urn:x" }]))).toBe(true));
it.each([[[]], [undefined]])("holds none in a stack that is empty: %j", (resources) => expect(holdsResources(withStack(resources))).toBe(false));
it("holds none where there is no backend", () => expect(holdsResources(join(scratch(), "none"))).toBe(false));

import { describe, expect, it } from "vitest";
import { diffPlan } from "./diff";
import type { Bridge, ObjectSchema } from "./kind";
import type { Rules } from "./rules";
import { UNKNOWN, type Values } from "./values";

const text = { type: "string" } as const;
const schema: ObjectSchema = {
    properties: {
        size: text, mode: text, note: text, groups: { type: "array", items: text }, steps: { type: "array", items: text }, public: { type: "boolean" },
        disk: { type: "object", properties: { type: text, iops: { type: "number" } }, computed: ["iops"] },
        mounts: { type: "array", items: { type: "object", properties: { path: text, type: text } } },
        tags: { type: "map", items: text },
    },
    required: [],
    computed: ["size", "groups", "disk"],
};
const rules: Rules = {
    mode: { default: "VPC", ignoreCase: true }, public: { default: true }, groups: { set: true }, "disk.type": { default: "gp3" },
    mounts: { set: true }, "mounts[*].type": { default: "volume" }, note: { normal: (value) => String(value).trim() },
};
const kind = (bridge: Bridge) => ({ schema, rules, bridge, replaceOn: ["mode", "mounts[*].path", "disk.type"] });
const changes = (olds: Values, news: Values, state: Values = olds, bridge: Bridge = "sdk") =>
    diffPlan(kind(bridge), olds, news, state).map((d) => `${d.kind} ${d.path}${d.replace ? " replaces" : ""}`);

describe("a plan", () => {
    it.each<[string, Values, Values, Values | undefined, string[]]>([
        ["of a default that is written out", {}, { mode: "VPC", public: true }, {}, []],
        ["of a default that is left out again", { mode: "VPC" }, {}, undefined, []],
        ["of another value than the default", {}, { mode: "classic" }, { mode: "VPC" }, ["update mode replaces"]],
        ["that returns to the default", { mode: "classic" }, {}, undefined, ["update mode replaces"]],
        ["of a default that drifted", {}, {}, { public: false }, ["update public"]],
        ["of a computed value that is written out", {}, { size: "small" }, { size: "small" }, []],
        ["of another value than the computed one", {}, { size: "large" }, { size: "small" }, ["update size"]],
        ["of a computed value that is left out again", { size: "small" }, {}, undefined, []],
        ["of an argument that is left out again", { note: "x" }, {}, undefined, ["delete note"]],
        ["of a computed block that is left out again", { disk: { type: "gp2" } }, {}, undefined, []],
        ["inside a computed block", {}, { disk: { type: "gp3", iops: 3000 } }, { disk: { type: "gp3", iops: 3000, id: "vol-1" } }, []],
        ["of another value inside a block", { disk: { iops: 1 } }, { disk: { type: "gp2" } }, { disk: { type: "gp3", iops: 1 } }, ["update disk.type replaces"]],
        ["of a set in another order", { groups: ["a", "b"] }, { groups: ["b", "a"] }, undefined, []],
        ["of a set with one more", { groups: ["a", "b"] }, { groups: ["c", "b", "a"] }, undefined, ["add groups[0]"]],
        ["of a set with one less", { groups: ["a", "b"] }, { groups: ["b"] }, undefined, ["delete groups[1]"]],
        ["of a set with another element", { groups: ["a", "b"] }, { groups: ["b", "c"] }, undefined, ["update groups[1]"]],
        ["of a list in another order", { steps: ["a", "b"] }, { steps: ["b", "a"] }, undefined, ["update steps[0]", "update steps[1]"]],
        ["of a set of objects, with a default written out", { mounts: [{ path: "/a" }, { path: "/b" }] }, { mounts: [{ path: "/b", type: "volume" }, { path: "/a" }] }, undefined, []],
        ["of a set of objects with another element", { mounts: [{ path: "/a" }] }, { mounts: [{ path: "/b" }] }, undefined, ["update mounts[0].path replaces"]],
        ["in other letters", { mode: "VPC" }, { mode: "vpc" }, undefined, []],
        ["in another spelling", { note: "x" }, { note: " x " }, undefined, []],
        ["of what only the update will know", { size: "small" }, { size: UNKNOWN }, undefined, ["update size"]],
        ["of tags", { tags: { a: "1", "b.c": "2" } }, { tags: { a: "2" } }, undefined, ["update tags.a", 'delete tags["b.c"]']],
    ])("%s", (_name, olds, news, state, expected) => expect(changes(olds, news, state)).toEqual(expected));

    it.each<[Bridge, string[]]>([["sdk", []], ["dynamic", []], ["framework", ["delete note", "delete tags"]]])("of zero values that are left out again, behind the %s bridge", (bridge, expected) => {
        expect(changes({ note: "", tags: {} }, {}, undefined, bridge)).toEqual(expected);
    });

    it("leaves out what the program ignores", () => {
        expect(diffPlan(kind("sdk"), { steps: ["a"], note: "x" }, { steps: ["b"], note: "y" }, {}, ["steps"]).map((d) => d.path)).toEqual(["note"]);
    });
});

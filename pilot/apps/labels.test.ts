import { describe, expect, it } from "vitest";
import { chat } from "./chat";
import type { Contract, Declared } from "./contract";
import { declaredLabels, readDeclared, writeContract } from "./labels";

const hello: Contract = { preset: "any", health: "/", check: { method: "POST", path: "/sum", body: "[1,1]", status: 200, text: "2" }, metrics: { port: 80, path: "/metrics" } };

describe("what a version is judged by, in its labels", () => {
    it("is all of the bundled app if the version is older than these labels", () => expect(readDeclared({ "antipode.role": "app", "antipode.version": "1.0.0" })).toEqual(chat));

    it.each<[string, Declared, Declared]>([
        ["nothing yet", {}, {}],
        ["one part", { health: "/up" }, { health: "/up" }],
        ["the bundled app, whole", { preset: "chat" }, chat],
        ["the bundled app with a part of its own", { preset: "chat", check: "none" }, { ...chat, check: "none" }],
        ["an app of any kind, without what only an instance can tell", { preset: "any" }, { preset: "any", health: "/health", check: "none" }],
        ["an app without metrics", { preset: "any", metrics: "none" }, { preset: "any", health: "/health", check: "none", metrics: "none" }],
        ["all of it", hello, hello],
    ])("survives being written: %s", (_, declared, read) => expect(readDeclared(declaredLabels(declared))).toEqual(read));

    it("is completed by the pilot, which leaves other labels alone", () => {
        const labels = { "antipode.version": "2.0.0", ...declaredLabels({ health: "/up" }) };
        const written = writeContract(labels, { ...hello, health: "/up", check: "none", metrics: "none" });
        expect(written).toEqual({ "antipode.version": "2.0.0", "antipode.preset": "any", "antipode.health": "/up", "antipode.check": "none", "antipode.metrics": "none" });
        expect(readDeclared(written)).toEqual({ preset: "any", health: "/up", check: "none", metrics: "none" });
    });

    it.each([
        [{ "antipode.preset": "blog" }, 'the label antipode.preset is "blog" and none of detect, chat, any'],
        [{ "antipode.preset": "any", "antipode.health": "up" }, 'the label antipode.health is "up" and no path'],
        [{ "antipode.preset": "any", "antipode.health": "/up;" }, 'the label antipode.health is "/up;" and no path'],
        [{ "antipode.preset": "any", "antipode.check": "{" }, 'the label antipode.check is "{" and no check'],
        [{ "antipode.preset": "any", "antipode.check": "{}" }, 'the label antipode.check is "{}" and no check'],
        [{ "antipode.preset": "any", "antipode.metrics": "/metrics" }, 'the label antipode.metrics is "/metrics" and neither none nor a port with a path'],
    ])("is refused if somebody spoiled it: %j", (labels, why) => expect(() => readDeclared(labels)).toThrow(why));
});

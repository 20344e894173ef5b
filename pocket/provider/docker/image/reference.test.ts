import { describe, expect, it } from "vitest";
import { baseImages, qualifiedFault, splitTag } from "./reference";

describe("image names", () => {
    it.each([
        ["r.test:5000/app:1.0.0", "r.test:5000/app", "1.0.0"], ["r.test:5000/app", "r.test:5000/app", "latest"], ["app:2", "app", "2"],
        ["r.test/a/b:1@sha256:00", "r.test/a/b", "1"],
    ])("%s has a repository and a tag", (image, repository, tag) => expect(splitTag(image)).toEqual({ repository, tag }));

    it("are pushed when they name a registry", () => {
        expect(qualifiedFault("registry.pocket.test/app:1")).toBeUndefined();
        expect(qualifiedFault("docker.io/me/app")).toBeUndefined();
        expect(qualifiedFault("me/app:1")).toMatch(/^error: repository name must be canonical\. This provider requires all image names/);
        expect(qualifiedFault("app")).toMatch(/fully qualified/);
    });

    it("in a Dockerfile are its FROM lines and its frontend, without its own stages", () => {
        expect(baseImages("# syntax=docker/dockerfile:1\nARG V\nFROM --platform=$BUILDPLATFORM r.test/node:20 AS build\nRUN x\n"
            + "from build as next\nFROM scratch\nFROM ${BASE}\n")).toEqual(["docker/dockerfile:1", "r.test/node:20", "${BASE}"]);
    });
});

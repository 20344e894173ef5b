import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildArguments } from "./base-images";

describe("base images", () => {
    it("come from the mirror that was set", () => {
        expect(buildArguments({ imageMirror: "mirror.example/library" })).toEqual({
            NODE_IMAGE: "mirror.example/library/node:20-slim", NGINX_IMAGE: "mirror.example/library/nginx:1.28", MONGO_IMAGE: "mirror.example/library/mongo:7.0",
        });
        expect(buildArguments({ imageMirror: "m", npmRegistry: "https://npm.example" }).NPM_REGISTRY).toBe("https://npm.example");
    });

    it.each(["app", "pilot", "gateway", "mongod"])("are the ones that %s/Dockerfile begins from when built by hand", (folder) => {
        const dockerfile = readFileSync(join(__dirname, "../..", folder, "Dockerfile"), "utf8");
        const defaults = [...dockerfile.matchAll(/^ARG (\w+_IMAGE)=(.*)$/gm)].map(([, argument, image]) => [argument, image]);
        expect(defaults).not.toEqual([]);
        expect(buildArguments({ imageMirror: "docker.io/library" })).toMatchObject(Object.fromEntries(defaults));
    });
});

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { baseImages } from "../../infra/region/base-images";
import { scratch } from "../../testing/scratch";
import { bases } from "./base";
import { digest } from "./digest";
import { baseImages as baseImagesOf } from "../provider/docker/image/reference";
import { recipes, recipesOnDemand } from "./images";

describe("the recipes of public images", () => {
    it("are there for each image that a Dockerfile of this repository begins from", () => expect(Object.keys(recipes).sort()).toEqual(Object.keys(baseImages).sort()));

    it.each(["hello", "sum"])("are there for the example %s", (example) => {
        const names = baseImagesOf(readFileSync(join(__dirname, "../../examples", example, "Dockerfile"), "utf8"));
        expect(names.filter((name) => ![...Object.values<string>(baseImages), ...Object.keys(recipesOnDemand)].includes(name))).toEqual([]);
    });

    it.each(Object.entries({ ...recipes, ...recipesOnDemand }))("%s: has a Dockerfile and a file system to stand on", (_, recipe) => {
        expect(existsSync(join(__dirname, recipe.folder, "Dockerfile"))).toBe(true);
        expect(bases).toHaveProperty(recipe.base);
    });
});

describe("the digest of a folder", () => {
    it("is the same for the same files, and another for any other name, place or content", () => {
        const of = (files: Record<string, string>) => {
            const folder = scratch();
            for (const [name, text] of Object.entries(files)) {
                mkdirSync(join(folder, name, ".."), { recursive: true });
                writeFileSync(join(folder, name), text);
            }
            return digest(folder);
        };
        const one = of({ Dockerfile: "FROM x", "files/boot": "sh" });
        expect(one).toMatch(/^[0-9a-f]{12}$/);
        expect(of({ "files/boot": "sh", Dockerfile: "FROM x" })).toBe(one);
        const others = [of({ Dockerfile: "FROM y", "files/boot": "sh" }), of({ Dockerfile: "FROM x", "files/start": "sh" }), of({ Dockerfile: "FROM x", boot: "sh" }), of({ Dockerfile: "FROM x" })];
        expect(new Set([one, ...others]).size).toBe(5);
    });
});

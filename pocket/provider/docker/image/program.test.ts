import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../../../../testing/scratch";
import { contextDigest, readContext } from "../../../../system/context";
import { Engines } from "../engine/engines";
import { imageKind } from "./image";

function checkout(text: string): { app: string; program: string } {
    const root = scratch();
    for (const folder of ["app", "stacks"]) mkdirSync(join(root, folder));
    writeFileSync(join(root, "app/Dockerfile"), text);
    return { app: join(root, "app"), program: join(root, "stacks") };
}

it("a relative context lies in the checkout whose program runs now", () => {
    const [one, other] = [checkout("FROM one\n"), checkout("FROM other\n")];
    let { program } = one;
    const kind = imageKind(new Engines(), () => program);
    const digest = () => kind.normalize!({ imageName: "registry.test/app:1", build: { context: "../app" } }, undefined as never).build?.contextDigest;
    const digestOf = ({ app }: typeof one) => contextDigest(readContext(app, join(app, "Dockerfile")));
    expect(digest()).toBe(digestOf(one));
    program = other.program;
    expect(digest()).toBe(digestOf(other));
});

import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import app from "../app/package.json";
import { examples } from "../infra/settings/examples";
import { cn } from "./cn";
import { us } from "./us";

it.each([["cn", cn, "cn"], ["cn", cn, "us"], ["us", us, "us"]] as const)("%s makes nothing when its app's version has the service's name of another one", async (stack, program, region) => {
    const made: string[] = [];
    await pulumi.runtime.setMocks({
        newResource: ({ type }) => (made.push(type), { id: "id", state: {} }),
        call: ({ inputs }) => ({ outputs: { versions: inputs.name.endsWith(`/${region}`) ? [{ version: `${app.version}-` }] : [] } }),
    }, "antipode", stack, false, "organization");
    const { values, secrets } = examples(stack);
    pulumi.runtime.setAllConfig(Object.fromEntries(Object.entries(values).map(([key, value]) => [`antipode:${key}`, value])), [...secrets].map((key) => `antipode:${key}`));
    await expect(program()).rejects.toThrow(`VERSION_COLLIDES: The version ${app.version} cannot stand beside ${app.version}-: both would be the service app-${app.version.replaceAll(".", "-")}, `);
    expect(made).toEqual([]);
});

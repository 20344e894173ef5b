import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { parse } from "../infra/settings/parse";
import { fields, stackNames } from "../infra/settings/schema";
import { scratch } from "../testing/scratch";
import { openAccounts } from "./accounts";
import { domain, stackSettings } from "./settings";

const accounts = openAccounts(join(scratch(), "accounts.json"));
const settings = stackSettings(accounts);
/** As Pulumi hands a value to the program. */
const handedOver = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

describe.each(stackNames)("the pocket's settings of %s", (stack) => {
    const given = Object.entries(settings[stack]);
    const values = Object.fromEntries(given.map(([name, { value }]) => [name, handedOver(value)]));
    const secrets = new Set(given.filter(([, { secret }]) => secret).map(([name]) => name));

    it("are all that a stack must have", () => {
        expect(parse(stack, { values, secrets })).toEqual({ settings: expect.objectContaining({ domain, cloudflareZoneId: accounts.cloudflareZoneId }) });
    });

    it("are right together with the committed ones", () => {
        const { config } = parseYaml(readFileSync(join(__dirname, "..", `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
        const committed = Object.fromEntries(Object.entries(config).map(([name, value]) => [name.replace("antipode:", ""), handedOver(value)]));
        expect(parse(stack, { values: { ...committed, ...values }, secrets })).toHaveProperty("settings");
    });

    it("are secret where the schema says so, and nowhere else", () => {
        const known: Record<string, { secret?: true }> = fields[stack];
        expect([...secrets].sort()).toEqual(Object.keys(values).filter((name) => known[name]!.secret).sort());
    });
});

describe("the pocket's accounts", () => {
    it("are made once, and only their owner reads them", () => {
        const folder = scratch();
        const file = join(folder, "state", "accounts.json");
        const first = openAccounts(file);
        expect(openAccounts(file)).toEqual(first);
        expect([file, join(folder, "state")].map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual(["600", "700"]);
    });

    it("are nobody else's", () => {
        const other = openAccounts(join(scratch(), "accounts.json"));
        for (const [name, value] of Object.entries(accounts)) expect(other).not.toHaveProperty(name, value);
    });
});

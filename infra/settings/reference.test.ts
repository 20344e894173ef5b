import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { settingsPage } from "./reference";

it("docs/settings.md is what the schema says (else: npx tsx infra/settings/write.ts)", () => {
    expect(readFileSync(join(__dirname, "../../docs/settings.md"), "utf8")).toBe(settingsPage());
});

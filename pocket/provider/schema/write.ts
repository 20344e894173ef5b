import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { derive } from "./derive";
import { tokens } from "./tokens";

// Run after an SDK was updated: `npx tsx pocket/provider/schema/write.ts`. A test tells when that was forgotten.
for (const [name, used] of Object.entries(tokens)) {
    writeFileSync(join(__dirname, "..", name, "schema.json"), `${JSON.stringify(derive(name, used), null, 1)}\n`);
}

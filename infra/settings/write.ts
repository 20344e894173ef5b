import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { settingsPage } from "./reference";

writeFileSync(join(__dirname, "../../docs/settings.md"), settingsPage());

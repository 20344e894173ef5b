import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandsPage } from "./commands-page";
import { commandLine } from "./main";

writeFileSync(join(__dirname, "../docs/commands.md"), commandsPage(commandLine()));

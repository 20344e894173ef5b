import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandsPage, helpTexts } from "./commands-page";
import { commandLine } from "./main";

writeFileSync(join(__dirname, "../docs/commands.md"), commandsPage(commandLine()));
writeFileSync(join(__dirname, "help.json"), `${JSON.stringify(helpTexts(commandLine()), undefined, 4)}\n`);

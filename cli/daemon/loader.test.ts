import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { project } from "../paths";
import { daemon } from "./process";

it("the daemon starts in a checkout whose package.json has a byte-order mark", () => {
    const folder = scratch();
    writeFileSync(join(folder, "package.json"), '\uFEFF{ "name": "antipode" }');
    writeFileSync(join(folder, "daemon.ts"), 'import { basename } from "node:path";\nconst name: string = "a/daemon";\nconsole.log(basename(name));\n');
    const { file, args } = daemon().command;
    expect(execFileSync(file, [...args.slice(0, -1), join(folder, "daemon.ts")], { cwd: project, encoding: "utf8" })).toBe("daemon\n");
});

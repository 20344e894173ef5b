import { Command } from "commander";
import { findingText } from "../doctor/finding";
import { withExamples } from "../examples";

export const doctor = () => withExamples(
    new Command("doctor")
        .description("Check what an `up` on real clouds needs: tools, settings, credentials, the domain; and name what a person must decide.")
        .action(async () => {
            // Loaded when it is asked for: no other command needs what checks the settings.
            const { examine } = require("../doctor/examine") as typeof import("../doctor/examine");
            const findings = await examine();
            for (const finding of findings) console.log(findingText(finding));
            const missing = findings.filter(({ level }) => level === "missing").length;
            console.log(missing === 0 ? "\nReady: for stack in cn us edge; do pulumi up --policy-pack policy -s $stack || break; done" : `\n${missing} missing; docs/real-clouds.md goes through them in order.`);
            if (missing > 0) process.exitCode = 1;
        }),
    { "npx antipode doctor": "before the first `pulumi up` with real accounts; the pocket cloud needs none of it" },
);

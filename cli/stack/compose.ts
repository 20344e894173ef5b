import { existsSync, readFileSync } from "node:fs";
import { writeWhole } from "../../system/whole";
import { committedSettings, pocketSettings } from "../paths";
import { cipher } from "./cipher";
import { compose, current, saltOf, type Settings } from "./config";
import type { Stack } from "./names";

/** The project's name in Pulumi.yaml, which is the namespace of its settings. */
export const projectName = "antipode";

interface Files { committed: string; composed: string }

const filesOf = (stack: Stack): Files => ({ committed: committedSettings(stack), composed: pocketSettings(stack) });

/** The file of a stack's settings on the pocket cloud, composed again when the committed ones or the pocket's have changed. */
export function composeSettings(stack: Stack, settings: Settings, passphrase: () => string, { committed, composed }: Files = filesOf(stack)): string {
    const text = readFileSync(committed, "utf8");
    const before = existsSync(composed) ? readFileSync(composed, "utf8") : "";
    if (!current(before, text, settings)) writeWhole(composed, compose(projectName, text, settings, cipher(passphrase(), saltOf(before))));
    return composed;
}

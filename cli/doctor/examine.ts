import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { committedSettings, project } from "../paths";
import { run } from "../run";
import { stacks } from "../stack/names";
import { projectName } from "../stack/compose";
import { checkAws } from "./credentials";
import { checkDomain } from "./domain";
import type { Finding } from "./finding";
import { notices } from "./notices";
import { checkProxy } from "./proxy";
import { checkSettings, rawSettings } from "./settings";
import { checkDocker, checkPulumi, checkSsh, type Ask } from "./tools";

const ask: Ask = (file, ...args) => run(file, args, { cwd: project }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
});

/** Looks at everything that an `up` on real clouds needs. Asks Pulumi's backend and the domain's name servers, no cloud. */
export async function examine(): Promise<Finding[]> {
    const texts = stacks.map((stack) => ({ stack, text: existsSync(committedSettings(stack)) ? readFileSync(committedSettings(stack), "utf8") : "" }));
    const domains = [...new Set(texts.flatMap(({ text }) => rawSettings(text, projectName).values.domain ?? []))];
    const awsFiles = [process.env.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), ".aws", "credentials"), process.env.AWS_CONFIG_FILE ?? join(homedir(), ".aws", "config")];
    return [
        ...(await checkPulumi(ask)),
        await checkDocker(ask),
        await checkSsh(ask),
        ...checkProxy(process.env),
        ...texts.map(({ stack, text }) => checkSettings(stack, text, projectName)),
        ...(domains.length > 1 ? [oneDomain(domains)] : []),
        checkAws({ env: process.env, sharedFile: awsFiles.some((file) => existsSync(file)) }),
        ...(await Promise.all(domains.map((domain) => checkDomain(domain)))),
        ...notices,
    ];
}

const oneDomain = (domains: string[]): Finding => ({
    level: "missing",
    about: "domain",
    text: `the stacks name different ones (${domains.join(", ")}); all must stand under the same`,
});

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { onPath } from "../machine/prepare";
import { committedSettings } from "../paths";
import { stacks } from "../stack/names";
import { projectName } from "../stack/session";
import { checkAws } from "./credentials";
import { checkDomain } from "./domain";
import type { Finding } from "./finding";
import { notices } from "./notices";
import { checkSettings, rawSettings } from "./settings";

/** The programs that an `up` on real clouds calls. */
const tools = { pulumi: "pulumi.com/docs/install", docker: "docs.docker.com/engine/install", ssh: "the package openssh-client" };

/** Looks at everything that an `up` on real clouds needs. Asks the network for the domain's name servers, nothing else. */
export async function examine(): Promise<Finding[]> {
    const texts = stacks.map((stack) => ({ stack, text: existsSync(committedSettings(stack)) ? readFileSync(committedSettings(stack), "utf8") : "" }));
    const domains = [...new Set(texts.flatMap(({ text }) => rawSettings(text, projectName).values.domain ?? []))];
    const awsFile = process.env.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), ".aws", "credentials");
    return [
        ...Object.entries(tools).map(([tool, where]): Finding => onPath(tool)
            ? { level: "good", about: tool, text: "installed" }
            : { level: "missing", about: tool, text: `not on the PATH; get it from ${where}` }),
        ...texts.map(({ stack, text }) => checkSettings(stack, text, projectName)),
        ...(domains.length > 1 ? [oneDomain(domains)] : []),
        checkAws({ env: process.env, sharedFile: existsSync(awsFile) }),
        ...(await Promise.all(domains.map((domain) => checkDomain(domain)))),
        ...notices,
    ];
}

const oneDomain = (domains: string[]): Finding => ({
    level: "missing",
    about: "domain",
    text: `the stacks name different ones (${domains.join(", ")}); all must stand under the same`,
});

import { delimiter } from "node:path";
import { proxySettings } from "../../system/proxy";

/** What a local run of the engine is made of; folders are absolute paths. */
export interface Surroundings {
    engine: string;
    /** "aws:PORT,cloudflare:PORT,…": where the pocket's providers answer. */
    attach: string;
    home: string;
    backend: string;
    passphraseFile: string;
    keys: string;
    /** Variables with which the clouds' own tools log in. */
    credentials: Record<string, string>;
}

/**
 * The environment in which the real engine works on the pocket cloud: what is added to the caller's own. The
 * pocket's credentials stand in the place of a user's real ones, so that those never reach a program that runs against it.
 */
export function environment(around: Surroundings, path: string): Record<string, string> {
    return {
        PATH: [around.engine, path].filter(Boolean).join(delimiter),
        PULUMI_HOME: around.home,
        PULUMI_BACKEND_URL: `file://${around.backend}`,
        PULUMI_CONFIG_PASSPHRASE_FILE: around.passphraseFile,
        PULUMI_DEBUG_PROVIDERS: around.attach,
        // The pre-install ignores the attach list and would download the real plugins.
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "1",
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        ANTIPODE_KEYS: around.keys,
        AWS_EC2_METADATA_DISABLED: "true",
        ...around.credentials,
    };
}

/** Variables of the caller that would lead the engine elsewhere: another passphrase, profile or session. */
const misleading = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_ACCESS_TOKEN", "PULUMI_STACK", "AWS_PROFILE", "AWS_SESSION_TOKEN", "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "CLOUDFLARE_API_TOKEN"];

/** The whole environment of a child: the caller's, without what misleads, under the pocket's. */
export function merged(caller: NodeJS.ProcessEnv, added: Record<string, string>): NodeJS.ProcessEnv {
    const kept = Object.entries(caller).filter(([name]) => !misleading.includes(name));
    return { ...Object.fromEntries(kept), ...proxySettings(caller), ...added };
}

/** Lines for `eval "$(npx antipode env)"`. */
export function shellLines(added: Record<string, string>): string {
    const quote = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
    return [...misleading.map((name) => `unset ${name}`), ...Object.entries(added).map(([name, value]) => `export ${name}=${quote(value)}`)].join("\n");
}

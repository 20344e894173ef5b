import type { Finding } from "./finding";

/** What tells whether AWS's tools will find credentials. */
export interface AwsTraces { env: NodeJS.ProcessEnv; sharedFile: boolean }

/** AWS takes its credentials from the environment, as for every AWS tool; the other clouds' are settings. */
export function checkAws({ env, sharedFile }: AwsTraces): Finding {
    const about = "AWS credentials";
    const good = (text: string): Finding => ({ level: "good", about, text });
    if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) return good("from the environment");
    if (env.AWS_PROFILE) return good(`profile ${env.AWS_PROFILE}`);
    if (env.AWS_WEB_IDENTITY_TOKEN_FILE || env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI) return good("from the role of this job");
    if (sharedFile) return good("from a profile in ~/.aws");
    return { level: "missing", about, text: "none found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws configure`" };
}

import type { Outcome } from "../run";
import { engineVersion, usable } from "../engine/version";
import { stacks } from "../stack/names";
import type { Finding } from "./finding";

/** Runs a program for its answer; undefined when it cannot be started. */
export type Ask = (file: string, ...args: string[]) => Promise<Outcome | undefined>;

const good = (about: string, text: string): Finding => ({ level: "good", about, text });
const missing = (about: string, text: string): Finding => ({ level: "missing", about, text });

/** Pulumi itself, that it is logged in, and that it knows the stacks. */
export async function checkPulumi(ask: Ask): Promise<Finding[]> {
    const version = await ask("pulumi", "version");
    if (!version) return [missing("pulumi", "not on the PATH; get it from pulumi.com/docs/install")];
    if (!usable(version.stdout)) return [missing("pulumi", `is ${version.stdout}; the program needs ${engineVersion} or newer of the same major version`)];
    const found = good("pulumi", version.stdout);
    const user = await ask("pulumi", "whoami", "--non-interactive");
    if (user?.code !== 0) return [found, missing("pulumi login", "not logged in; run `pulumi login`, or `pulumi login s3://…` for a backend of your own")];
    const listed = await ask("pulumi", "stack", "ls", "--json", "--non-interactive");
    const known = listed?.code === 0 ? (JSON.parse(listed.stdout) as { name: string }[]).map(({ name }) => name.split("/").pop()) : [];
    const wanting = stacks.filter((stack) => !known.includes(stack));
    return [found, good("pulumi login", user.stdout), wanting.length === 0
        ? good("stacks", known.join(", "))
        : missing("stacks", wanting.map((stack) => `pulumi stack init ${stack}`).join("\n"))];
}

/** Docker builds the images: its engine must answer, not only the client be there. */
export async function checkDocker(ask: Ask): Promise<Finding> {
    const engine = await ask("docker", "version", "--format", "{{.Server.Version}}");
    if (!engine) return missing("docker", "not on the PATH; get it from docs.docker.com/engine/install");
    return engine.code === 0 ? good("docker", `engine ${engine.stdout}`) : missing("docker", `its engine does not answer: ${engine.stderr.split("\n")[0]}`);
}

export async function checkSsh(ask: Ask): Promise<Finding> {
    const client = await ask("ssh", "-V");
    return client ? good("ssh", (client.stderr || client.stdout).split(",")[0]!) : missing("ssh", "not on the PATH; get the package openssh-client");
}

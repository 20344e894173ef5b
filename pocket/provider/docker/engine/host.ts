import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";

/** Where a Docker engine listens. */
export type Host =
    | { kind: "unix"; path: string }
    | { kind: "ssh"; command: string[] }
    | { kind: "tcp"; host: string; port: number };

/** The socket of an engine on this machine (dockerd's own default). */
const LOCAL = "unix:///var/run/docker.sock";

/**
 * Reads `unix:///path`, `tcp://host:port` or `ssh://[user@]host[:port]`; nothing means DOCKER_HOST, else the local socket.
 * For ssh, `command` is the whole command line, as the Docker CLI's connection helper writes it (docker/cli
 * cli/connhelper): a bound on connecting, no terminal, then the provider's `sshOpts`. Throws on anything else.
 */
export function parseHost(text: string | undefined, sshOpts: string[] = [], environment: NodeJS.ProcessEnv = process.env): Host {
    const given = text || environment.DOCKER_HOST || LOCAL;
    if (given.startsWith("unix://")) return { kind: "unix", path: given.slice("unix://".length) };
    const url = parse(given);
    if (url?.protocol === "ssh:" && url.hostname) return { kind: "ssh", command: sshCommand(url, [...configOf(sshOpts, environment), ...sshOpts]) };
    if (url?.protocol === "tcp:" && url.hostname) return { kind: "tcp", host: url.hostname, port: Number(url.port || 2375) };
    throw new Error(`unable to parse docker host \`${given}\``);
}

/**
 * The operator's own ssh configuration counts, as with the real plug-in, which runs as the operator. Here `sudo` lies
 * between them: it leaves HOME, and ssh asks the account for its home (ssh(1), "~/.ssh/config").
 */
function configOf(sshOpts: string[], { HOME }: NodeJS.ProcessEnv): string[] {
    const file = HOME && HOME !== userInfo().homedir ? join(HOME, ".ssh/config") : undefined;
    return file && existsSync(file) && !sshOpts.some((option) => option.startsWith("-F")) ? ["-F", file] : [];
}

function sshCommand(url: URL, sshOpts: string[]): string[] {
    const bounded = sshOpts.some((option) => /^(-o\s*)?ConnectTimeout\b/i.test(option));
    return [
        "ssh", ...(bounded ? [] : ["-o", "ConnectTimeout=30"]), "-T", ...sshOpts,
        ...(url.username ? ["-l", decodeURIComponent(url.username)] : []), ...(url.port ? ["-p", url.port] : []),
        "--", url.hostname.replace(/^\[|\]$/g, ""), "docker", "system", "dial-stdio",
    ];
}

function parse(text: string): URL | undefined {
    try {
        return new URL(text);
    } catch {
        return undefined;
    }
}

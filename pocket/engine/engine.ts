import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Docker from "dockerode";
import { home } from "../home";
import { world } from "../network/world";
import { Process } from "../process";
import { until } from "../until";

const socket = join(home.state, "docker.sock");
/** The address of the engine that is the pocket's hardware: machines are its containers, images are built in it. */
export const dockerHost = `unix://${socket}`;
const execRoot = join(home.state, "docker-exec");
const pidFile = join(home.state, "docker-engine.pid");
export const docker = new Docker({ socketPath: socket });

/**
 * The pocket's own Docker engine, apart from any other on this machine. Its data lies in the cache, so that images
 * outlive `npm run down`. It sees the world's resolver and the world's certificate authority for the registry by
 * a mount namespace of its own; nothing in /etc of this machine is touched.
 */
function engine(): Process {
    const etc = join(home.state, "engine");
    const options = [
        ["--data-root", home.docker],
        ["--exec-root", execRoot],
        ["--pidfile", pidFile],
        ["-H", dockerHost],
        ["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false"],
        ["--userland-proxy=false"], // bridge ports in hairpin mode: a machine reaches itself by its public address
    ].flat();
    const script = `mount --bind ${etc}/resolv.conf /etc/resolv.conf && mount -t tmpfs tmpfs /etc/docker && mkdir -p /etc/docker/certs.d/registry.pocket.test && cp ${home.ca}/root.pem /etc/docker/certs.d/registry.pocket.test/ca.crt && exec dockerd "$@"`;
    return new Process(join(home.state, "processes"), { name: "dockerd", file: "unshare", args: ["--mount", "sh", "-c", script, "dockerd", ...options] });
}

export async function startEngine(): Promise<void> {
    mkdirSync(join(home.state, "engine"), { recursive: true });
    mkdirSync("/etc/docker", { recursive: true });
    writeFileSync(join(home.state, "engine", "resolv.conf"), `nameserver ${world.resolver}\n`);
    const process = engine();
    if (process.pid() === undefined) [pidFile, join(execRoot, "containerd", "containerd.pid")].forEach(forgetOthers);
    process.start();
    await until(() => docker.ping(), { seconds: 60, what: `the pocket's Docker engine to answer (log: ${process.log})` });
}

export const stopEngine = () => engine().stop();

/** Whether the engine was ever started in this pocket cloud: then there may be machines, even if it was killed. */
export const hasEngine = () => existsSync(execRoot);

/** The engine refuses to start where its pid file, after a kill, names a program that came later; its containerd's would get that one killed. */
function forgetOthers(file: string): void {
    if (existsSync(file) && !wordsOf(readFileSync(file, "utf8").trim()).includes(home.state)) rmSync(file);
}

function wordsOf(pid: string): string {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) ? readFileSync(file, "utf8") : "";
}

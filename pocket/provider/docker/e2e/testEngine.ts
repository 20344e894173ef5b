import { execFileSync, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../../../../testing/scratch";
import { until } from "../wait";

/** A Docker engine of a test's own: no bridge, no rule, no route. */
export interface TestEngine {
    host: string;
    docker(...args: string[]): string;
    /** Ends the engine and takes everything of it away. */
    stop(): Promise<void>;
}

const START_MS = 60_000;
const SWARM_MS = 60_000;

/** Starts `dockerd` (needs root); rejects with its log when it does not come up. */
export function startTestEngine(): Promise<TestEngine> {
    return start("dockerd", []);
}

/**
 * An engine that is a swarm of one node, with the images `idle:1` and `idle:2`. A swarm takes fixed ports for its
 * overlays (7946, 4789) and makes a bridge, `docker_gwbridge`, which it leaves behind: one swarm fits into a network
 * namespace. This one has its own, so that no other engine of this machine, nor its end, is in the way.
 */
export async function startTestSwarm(): Promise<TestEngine> {
    const engine = await start("unshare", ["--net", "sh", "-c", 'ip link set lo up && exec dockerd "$@"', "dockerd"]);
    try {
        await formSwarm(engine);
        importIdle(engine);
        return engine;
    } catch (error) {
        await engine.stop();
        throw error;
    }
}

async function start(program: string, before: string[]): Promise<TestEngine> {
    const home = scratch();
    const host = `unix://${home}/docker.sock`;
    const docker = (...args: string[]): string => execFileSync("docker", ["-H", host, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
    const child = spawn(program, [
        ...before, "--iptables=false", "--bridge=none", "--ip-forward=false", "--ip-masq=false", "--data-root", `${home}/data`, "--exec-root", `${home}/exec`,
        "-p", `${home}/docker.pid`, "-H", host,
    ], { stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log = (log + chunk).slice(-4000)));
    const ended = new Promise<void>((resolve, reject) => child.once("close", () => resolve()).once("error", reject));
    const stop = async (): Promise<void> => {
        child.kill("SIGTERM");
        await ended;
        rmSync(home, { recursive: true, force: true });
    };
    const up = await Promise.race([until(async () => attempt(() => docker("version")), START_MS), ended.then(() => undefined)]);
    if (up === undefined) {
        await stop();
        throw new Error(`dockerd did not start:\n${log}`);
    }
    return { host, docker, stop };
}

/** Ends when the node leads and the manager has begun to hand out addresses: only from then on does an overlay get its own. */
async function formSwarm({ docker }: TestEngine): Promise<void> {
    let last = "";
    const said = (...args: string[]): string | undefined => {
        try {
            return docker(...args);
        } catch (error) {
            last = (error as Error).message;
            return undefined;
        }
    };
    // On a busy machine it gives up waiting for the node after 20 s; the node comes up all the same.
    if (said("swarm", "init", "--advertise-addr", "127.0.0.1") === undefined && !/Timeout was reached/.test(last)) throw new Error(last);
    const formed = await until(async () => {
        const node = said("node", "inspect", "self", "--format", "{{.Status.State}} {{.ManagerStatus.Leader}}");
        const ingress = said("network", "inspect", "ingress", "--format", "{{range .IPAM.Config}}{{.Gateway}}{{end}}");
        return (node === "ready true" && ingress) || undefined;
    }, SWARM_MS);
    if (!formed) throw new Error(`the swarm did not form within ${SWARM_MS / 1000} s: ${last}`);
}

function importIdle({ docker }: TestEngine): void {
    const home = scratch();
    execFileSync("go", ["build", "-o", `${home}/idle`, "main.go"], { cwd: join(__dirname, "idle"), env: { ...process.env, CGO_ENABLED: "0", GO111MODULE: "off" } });
    execFileSync("tar", ["-C", home, "-cf", `${home}/idle.tar`, "idle"]);
    for (const tag of ["idle:1", "idle:2"]) docker("import", "-c", 'ENTRYPOINT ["/idle"]', "-m", tag, `${home}/idle.tar`, tag);
}

function attempt<T>(act: () => T): T | undefined {
    try {
        return act();
    } catch {
        return undefined;
    }
}

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dockerHost } from "../pocket/engine/engine";
import type { Deed } from "../pocket/faults";
import { home } from "../pocket/home";
import type { Services } from "../pocket/services/index";
import { until } from "../pocket/until";

export const project = join(__dirname, "..");
export const domain = "yourapp.test";
/** The app's version in the source, which serves unless a test releases another one. */
export const { version } = JSON.parse(readFileSync(join(project, "app/package.json"), "utf8")) as { version: string };
/** Its service. */
export const appService = `app-${version.replaceAll(".", "-")}`;
export const api = `https://api.${domain}`;

export interface Outcome { code: number; stdout: string; stderr: string }

/** Runs a command to its end, whatever its status. */
export function run(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return new Promise((resolve) => {
        execFile(file, args, { cwd: project, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
            resolve({ code: error ? (typeof error.code === "number" ? error.code : 1) : 0, stdout, stderr });
        });
    });
}

/** The command line, as an operator types it. */
export const antipode = (...args: string[]) => run(process.execPath, ["cli/antipode.mjs", ...args]);
export const pulumi = (...args: string[]) => antipode("pulumi", "--", ...args);

/** The same, for what must succeed: gives what it printed. */
export async function must(outcome: Promise<Outcome>): Promise<string> {
    const { code, stdout, stderr } = await outcome;
    if (code !== 0) throw new Error(`ended with ${code}:\n${stderr || stdout}`);
    return stdout;
}

const trust = { CURL_CA_BUNDLE: join(home.ca, "bundle.pem") };
/** A command of an end user in a place: his name space, his resolver, his trust. */
export const visitor = (place: string, ...command: string[]) => run("ip", ["netns", "exec", `ap-visit-${place}`, ...command], trust);
/** A command on a region's machine, as its cloud's hypervisor could run it; it does not go through the firewall. */
export const inside = async (region: string, script: string) => onMachine(await machineOf(region), script);
/** The id of a region's machine at its cloud. */
export const machineOf = async (region: string) => (await stackOutput(region)).machine as string;
/** What `inside` does, for whoever knows the machine: the stack is not asked again. */
export const onMachine = (machine: string, script: string) => must(run("docker", ["-H", dockerHost, "exec", `machine-${machine}`, "bash", "-c", script]));

/** A script for Node.js, run in the app's container of a region; gives what it printed. */
export const inApp = (region: string, script: string) =>
    inside(region, `docker exec -i $(docker ps -q --filter label=com.docker.swarm.service.name=${appService}) node -e ${JSON.stringify(script.replace(/\s+/g, " ")).replaceAll("$", "\\$")}`);

export async function stackOutput(stack: string): Promise<Record<string, any>> {
    return JSON.parse(await must(pulumi("stack", "output", "-s", stack, "--json", "--show-secrets"))) as Record<string, any>;
}

/** The generated credentials of this pocket, by what they are for. */
export const accounts = () => JSON.parse(readFileSync(join(home.state, "accounts.json"), "utf8")) as Record<string, string>;

/** Logs a WeChat user in from a place; the code stands for what wx.login gives on his phone. */
export async function login(place: string, user: string): Promise<string> {
    const { code } = JSON.parse(await must(visitor(place, "curl", "-sSf", `https://api.weixin.qq.com/pocket/login?user=${user}`))) as { code: string };
    const answer = await must(visitor(place, "curl", "-sSf", "-H", "content-type: application/json", "-d", JSON.stringify({ code }), `${api}/api/auth/login`));
    return (JSON.parse(answer) as { token: string }).token;
}

/** `/api/health` as a visitor sees it under the common name. */
export const health = (place: string) => healthAt(place, api);

/** The same of a region's own name. */
export async function healthAt(place: string, origin: string): Promise<Health> {
    return JSON.parse(await must(visitor(place, "curl", "-sS", "--max-time", "5", `${origin}/api/health`))) as Health;
}

export interface Health { status: string; region: string; degraded?: boolean; database: string; journal?: { turns: number; bytes: number } }

/** Waits until a place's visitors are served from a region that has its database. */
export const served = (place: string, region: string, seconds: number) =>
    until(() => health(place).then((h) => h.region === region && h.status === "healthy" && h.database === "ok"), { seconds, every: 250, what: `${place} to be served from ${region}` });

/** Does by hand, behind Pulumi's back, what somebody could do in a cloud's console. */
export const atConsole = (deed: Deed) => order("/console", deed);

/** How the model services answer from now on. */
export const models = (how: Parameters<Services["llm"]["mode"]>[0]) => order("/llm", how);

async function order(path: string, body: object): Promise<void> {
    await must(run("curl", ["-sS", "--fail-with-body", "--unix-socket", home.socket, "-d", JSON.stringify(body), `http://pocket${path}`]));
}

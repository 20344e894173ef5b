import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { hash } from "bcryptjs";
import type { Authority } from "./ca";
import { home } from "./home";
import { world } from "./network/world";
import { Process } from "./process";
import { until } from "./until";

export interface Login { username: string; password: string }

export const registryName = "registry.pocket.test";

/** Resolves when it has gone, or answers again. */
export type Registry = Record<"stop" | "start", () => Promise<void>>;

/** The container registry of the pocket's world: TLS, and a login. What it holds stays in the cache, as with any outside service. */
export async function startRegistry(login: Login, authority: Authority): Promise<Registry> {
    const folder = join(home.state, "registry");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { key, chain } = await authority.issue([registryName]);
    const write = (name: string, text: string) => { writeFileSync(join(folder, name), text, { mode: 0o600 }); return join(folder, name); };
    const config = {
        version: 0.1,
        log: { level: "warn" },
        storage: { filesystem: { rootdirectory: join(home.cache, "registry") }, delete: { enabled: true } },
        http: { addr: `${world.registry}:443`, tls: { certificate: write("chain.pem", chain), key: write("key.pem", key) } },
        auth: { htpasswd: { realm: "pocket", path: write("htpasswd", `${login.username}:${await hash(login.password, 8)}\n`) } },
    };
    const process = new Process(join(home.state, "processes"), { name: "registry", file: "docker-registry", args: ["serve", write("config.yml", JSON.stringify(config))] });
    const start = async () => {
        process.start();
        await until(async () => (await statusAt("/v2/", authority.root)) === 401, { seconds: 20, what: `the registry to ask for a login (${process.log})` });
    };
    await start();
    return { start, stop: () => process.stop() };
}

async function statusAt(path: string, ca: string): Promise<number | undefined> {
    const asked = request({ host: world.registry, path, servername: registryName, ca, agent: false, timeout: 2000 }).end();
    asked.on("timeout", () => asked.destroy());
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
}

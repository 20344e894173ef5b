import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hash } from "bcryptjs";
import type { Authority } from "./ca";
import { home } from "./home";
import { world } from "./network/world";
import { Process } from "./process";
import { until } from "./until";

export interface Login { username: string; password: string }

export const registryName = "registry.pocket.test";

/** The container registry of the pocket's world: TLS, and a login. What it holds stays in the cache, as with any outside service. */
export async function startRegistry(login: Login, authority: Authority): Promise<Process> {
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
    process.start();
    await until(() => process.pid() !== undefined, { seconds: 10, what: `the registry (${process.log})` });
    return process;
}

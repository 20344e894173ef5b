import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { Agent, get } from "node:https";
import { join } from "node:path";
import { authority } from "./authority";
import { scratch } from "./scratch";
import { freePorts, until } from "./until";

export const havePebble = spawnSync("pebble", ["-h"]).error === undefined;

/** A real ACME authority, which asks for challenges on `httpPort` and looks names up at `resolver`. */
export async function pebble(httpPort: number, resolver: string) {
    const folder = scratch();
    const [port, management] = (await freePorts(2)) as [number, number];
    const ca = await authority();
    writeFileSync(join(folder, "localhost.pem"), await ca.issue("localhost"));
    const settings = {
        listenAddress: `127.0.0.1:${port}`, managementListenAddress: `127.0.0.1:${management}`, certificate: "localhost.pem",
        privateKey: "localhost.pem", httpPort, tlsPort: 1, ocspResponderURL: "", externalAccountBindingRequired: false,
    };
    writeFileSync(join(folder, "config.json"), JSON.stringify({ pebble: settings }));
    const child: ChildProcess = spawn("pebble", ["-config", "config.json", "-dnsserver", resolver], {
        cwd: folder,
        env: { ...process.env, PEBBLE_VA_NOSLEEP: "1", PEBBLE_WFE_NONCEREJECT: "0" },
        stdio: "ignore",
    });
    const agent = new Agent({ ca: ca.pem });
    const directory = `https://localhost:${port}/dir`;
    await until(() => new Promise<boolean>((resolve) => get(directory, { agent }, (reply) => resolve(reply.resume() && true)).on("error", () => resolve(false))), "pebble");
    return {
        directory,
        agent,
        async stop() {
            const gone = new Promise((resolve) => child.once("exit", resolve));
            child.kill();
            await gone;
        },
    };
}

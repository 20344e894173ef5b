import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hasEngine, startEngine, stopEngine } from "./engine/engine";
import { home } from "./home";
import { reconcile } from "./machine/machines";
import { lower } from "./network/links";
import { delay } from "./network/weather";
import { Process } from "./process";

const nothing = { subnets: [], machines: [], addresses: [], firewalls: [] };

/** Takes everything of the pocket cloud off this machine but the cache. May be repeated after a run that was killed. */
export async function teardown(say: (line: string) => void): Promise<void> {
    if (!existsSync(home.state)) return;
    say("ending machines");
    // An engine that was killed has left its machines running: only it can end them. If it cannot start, the rest goes all the same.
    if (hasEngine()) await startEngine().then(() => reconcile(nothing, ""), (error: Error) => say(`the machines are left: ${error.message}`));
    await delay(0, nothing);
    say("ending services");
    for (const [folder, name] of [["processes", "registry"], ["acme", "pebble"]] as const) {
        await new Process(join(home.state, folder), { name, file: "", args: [] }).stop();
    }
    await stopEngine();
    say("taking networks away");
    await lower(home.state);
    rmSync(home.state, { recursive: true, force: true });
}

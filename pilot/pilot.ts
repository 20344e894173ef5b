import { sentence } from "./process/log";
import { askPilot, readStatus } from "./status/client";

const statusSocket = "/run/pilot.sock";

/** The pilot; with words, one who asks the pilot that runs beside it. */
async function main(command?: string, ...words: string[]): Promise<void> {
    if (command === "status") return void process.stdout.write(await readStatus(statusSocket));
    if (command !== undefined) return void process.stdout.write(await askPilot(statusSocket, command, words));
    // Loaded by the pilot alone: asked once a second while somebody follows a release, it must not cost a second each time.
    await (await import("./run")).run(statusSocket);
}

main(...process.argv.slice(2)).then(
    () => process.exit(0),
    (thrown) => {
        process.stderr.write(`${sentence(thrown)}\n`);
        process.exit(1);
    },
);

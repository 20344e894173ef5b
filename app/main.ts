import { Service } from "./service";
import { readSettings, SettingsError } from "./settings/read";
import type { Settings } from "./settings/schema";

async function main(): Promise<void> {
    const service = await Service.start(settingsOrExit());
    const leave = (signal: NodeJS.Signals) => {
        service.log.info({ signal }, "asked to stop");
        void service.stop().then(() => process.exit(0));
    };
    process.on("SIGTERM", leave);
    process.on("SIGINT", leave);
}

function settingsOrExit(): Settings {
    try {
        return readSettings();
    } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exit(1);
    }
}

main().catch((error: NodeJS.ErrnoException) => {
    process.stderr.write(`The service did not start: ${error.message}\n`);
    process.exit(1);
});

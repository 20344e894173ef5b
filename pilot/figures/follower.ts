import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import type Docker from "dockerode";
import { pause } from "../process/pause";
import type { Attempt } from "./gateway-log";
import { LogReader } from "./log-reader";

const AGAIN_SECONDS = 1;

/** Reads the log of this machine's gateway, whichever container it is: from a moment on, and then as it is written. */
export class GatewayFollower {
    /** It is being read now. */
    reads = false;

    constructor(private readonly docker: Docker, private readonly gateway: () => Promise<{ id: string } | undefined>, private readonly on: (attempt: Attempt) => void) {}

    /** @param since milliseconds since 1970 */
    async run(since: number, signal: AbortSignal): Promise<void> {
        let from = since;
        while (!signal.aborted) {
            try {
                const gateway = await this.gateway();
                if (gateway) await this.read(gateway.id, from, signal);
            } catch {
                // A gateway that Swarm has just put another in place of; the next one is looked for.
            }
            // Whatever was written until now has been read, and is not read again.
            if (this.reads) from = Date.now();
            this.reads = false;
            await pause(AGAIN_SECONDS, signal);
        }
    }

    private async read(id: string, since: number, signal: AbortSignal): Promise<void> {
        const options = { follow: true as const, stdout: true, stderr: true, since: since / 1000, abortSignal: signal };
        const stream = (await this.docker.getContainer(id).logs(options)) as unknown as NodeJS.ReadableStream;
        this.reads = true;
        const [access, errors] = [new PassThrough(), new PassThrough()];
        this.docker.modem.demuxStream(stream, access, errors);
        const reader = new LogReader(this.on);
        createInterface({ input: access }).on("line", (line) => reader.access(line)).on("close", () => reader.end());
        createInterface({ input: errors }).on("line", (line) => reader.error(line)).on("close", () => reader.end());
        await new Promise((resolve) => stream.once("end", resolve).once("close", resolve).once("error", resolve));
        access.end();
        errors.end();
    }
}

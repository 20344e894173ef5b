import { Refusal } from "../../refusal";
import { equal } from "../../values";
import type { DockerConfig } from "../config";
import { Engine } from "./engine";

/** The engines that providers were configured with: one set of connections for each host, whoever asks. */
export class Engines {
    private readonly open: { host?: string; sshOpts?: string[]; engine: Engine }[] = [];

    /** The engine of a provider's configuration. Throws a `Refusal` when its host is no address of an engine. */
    of({ host, sshOpts }: DockerConfig): Engine {
        const known = this.open.find((e) => e.host === host && equal(e.sshOpts, sshOpts));
        if (known) return known.engine;
        try {
            const engine = new Engine(host, sshOpts);
            this.open.push({ host, sshOpts, engine });
            return engine;
        } catch (error) {
            throw new Refusal("InvalidHost", `Error initializing Docker client: ${(error as Error).message}`, "host");
        }
    }

    /** As the provider does before all else; rejects with the reason, ssh's own words in it. */
    async ping(config: DockerConfig): Promise<void> {
        const engine = this.of(config);
        try {
            await engine.get("/_ping");
        } catch (error) {
            throw new Refusal("ConnectionFailed", `Error pinging Docker server: ${(error as Error).message}`, "host");
        }
    }

    /** Ends every connection and its ssh process. */
    async close(): Promise<void> {
        await Promise.all(this.open.splice(0).map(({ engine }) => engine.close()));
    }
}

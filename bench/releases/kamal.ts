import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { domain, machineOf, must, onMachine, run } from "../../e2e/pocket";
import { dockerHost } from "../../pocket/engine/engine";
import { until } from "../../pocket/until";
import { goProgram } from "../go-program";
import type { Carried, Way } from "./way";

/** Of the machine, where its Docker takes the program from. */
const folder = "/opt";

const serviceOf = (version: string) => `peer-${version.replaceAll(".", "-")}`;

/**
 * kamal-proxy, with which Kamal brings a version to visitors on plain machines, in the place of the gateway: on the same
 * machine, before instances of the same images with the same limits and settings. What is measured is less than what an
 * operator of it waits for: Kamal's own commands, which log in, pull and lock, are not there.
 */
export class Kamal implements Way {
    readonly origin = `http://us.${domain}`;
    private serving = "";

    private constructor(private readonly machine: string) {}

    /** Works with a kamal-proxy that leads visitors to a version; puts the gateway back, whatever comes of that. */
    static async in<T>(version: string, work: (kamal: Kamal) => Promise<T>): Promise<T> {
        const kamal = new Kamal(await machineOf("us"));
        try {
            await kamal.begin(version);
            return await work(kamal);
        } finally {
            await kamal.end();
        }
    }

    private async begin(version: string): Promise<void> {
        const program = await goProgram({ name: "kamal-proxy", folder: join(__dirname, "../peers/kamal-proxy"), package: "github.com/basecamp/kamal-proxy/cmd/kamal-proxy", go: "1.25.5" });
        await must(run("docker", ["-H", dockerHost, "cp", program, `machine-${this.machine}:${folder}/kamal-proxy`]));
        await this.on(`tar -C ${folder} -c kamal-proxy | docker import -c 'ENTRYPOINT ["/kamal-proxy"]' -c 'ENV HOME=/ TMPDIR=/' - kamal-proxy:peer && docker service scale gateway=0`);
        await this.on("docker service create --no-resolve-image --name kamal-proxy --network antipode --endpoint-mode dnsrr --publish mode=host,target=80,published=80 kamal-proxy:peer run");
        await this.lead(version);
        this.serving = version;
    }

    /** Takes away what there is of it, and gives the gateway its place again. */
    private async end(): Promise<void> {
        await this.on(`docker service rm kamal-proxy $(docker service ls -q --filter name=peer-); docker service scale gateway=1; rm -f ${folder}/kamal-proxy`);
        const gone = () => this.on("[ -z \"$(docker image ls -q kamal-proxy:peer)\" ] || docker image rm -f kamal-proxy:peer").then(() => true, () => false);
        await until(gone, { seconds: 60, every: 1_000, what: "kamal-proxy's image to be free" });
    }

    release(version: string): Promise<Carried> {
        return this.shift(version);
    }

    /** An old version comes back as a new one comes. */
    back(version: string): Promise<Carried> {
        return this.shift(version);
    }

    /** What led there is a command that ends when the version before has none of its streams any more, and no other begins before. */
    async thereAndBack(version: string): Promise<number> {
        const before = this.serving;
        await this.shift(version);
        return (await this.shift(before)).ordered;
    }

    /** Nothing but the first health check looks at it. */
    async trouble(version: string, seconds: number): Promise<void> {
        await this.shift(version);
        await pause(seconds * 1000);
    }

    /** As Kamal does it: the new one, the visitors, and then it stops the old one and waits for that. */
    private async shift(version: string): Promise<Carried> {
        const ordered = Date.now();
        await this.lead(version);
        const old = serviceOf(this.serving);
        await this.on(`docker service scale -d ${old}=0`);
        const gone = () => this.on(`docker ps -q --filter label=com.docker.swarm.service.name=${old}`).then((ids) => ids.trim() === "");
        await until(gone, { seconds: 90, every: 500, what: `${old} to stop` });
        this.serving = version;
        return { ordered, from: ordered, to: Date.now() };
    }

    /** An instance of a version's own service, copied without the labels by which the pilot knows it; then the visitors. */
    private async lead(version: string): Promise<void> {
        const name = serviceOf(version);
        const known = await this.on(`docker service ls -q --filter name=${name}`);
        if (known.trim() !== "") await this.on(`docker service scale -d ${name}=1`);
        else {
            const spec = JSON.parse(await this.on(`docker service inspect app-${version.replaceAll(".", "-")} --format '{{json .Spec}}'`)) as object;
            const copy = JSON.stringify({ ...spec, Name: name, Labels: {}, Mode: { Replicated: { Replicas: 1 } } });
            await this.on(`curl -sS --fail-with-body --unix-socket /var/run/docker.sock -H 'content-type: application/json' -d '${copy.replaceAll("'", "'\\''")}' http://docker/services/create`);
        }
        await this.on(`docker exec $(docker ps -q --filter label=com.docker.swarm.service.name=kamal-proxy) /kamal-proxy deploy api --target ${name}:80 --health-check-path /api/health`);
    }

    private on(script: string): Promise<string> {
        return onMachine(this.machine, script);
    }
}

import "./process/connect";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import Docker from "dockerode";
import { CertificateKeeper } from "./certificates/keeper";
import { Store } from "./certificates/store";
import { DatabaseKeeper } from "./database/keeper";
import { CoreCheck } from "./figures/core-check";
import { GatewayFollower } from "./figures/follower";
import { Scraper } from "./figures/scraper";
import { VersionCheck } from "./figures/version-check";
import { Watch } from "./figures/watch";
import { findGateway } from "./gateway/container";
import { GatewayKeeper } from "./gateway/keeper";
import { leads } from "./gateway/leads";
import { proofsOf, testLink } from "./gateway/testers";
import { logTo } from "./process/log";
import { EventLog } from "./releases/events";
import { ReleaseKeeper } from "./releases/keeper";
import { usualRules } from "./releases/verdict";
import { Webhook } from "./releases/webhook";
import { type Settings, readSettings } from "./settings/settings";
import { serveStatus } from "./status/server";
import { Leftovers } from "./swarm/leftovers";
import { Swarm } from "./swarm/swarm";

const shared = "/etc/gateway";
const releaseEvents = "/var/lib/pilot/releases.jsonl";
const databaseSocket = "/run/mongod/mongodb-27017.sock";
/** A pilot that has not looked at the Swarm for so long hangs, and Swarm starts another. */
const staleSeconds = 180;
const log = (part: string) => logTo((line) => void process.stdout.write(line), part);

function releasesOf(settings: Settings, swarm: Swarm, watch: Watch, gateway: GatewayKeeper, stop: AbortSignal): ReleaseKeeper {
    const told = log("releases");
    const webhook = settings.RELEASE_WEBHOOK === undefined ? undefined : new Webhook(settings.RELEASE_WEBHOOK, settings.REGION, told, stop);
    return new ReleaseKeeper({
        swarm,
        watch,
        events: new EventLog(releaseEvents, ({ message }) => told("error", "an event could not be written", { why: message }), Date.now, (event) => webhook?.tell(event)),
        log: told,
        limits: {
            startSeconds: settings.RELEASE_START_SECONDS,
            testSeconds: settings.RELEASE_TEST_SECONDS,
            keepSeconds: settings.RELEASE_KEEP_SECONDS,
            rules: { ...usualRules, minRequests: settings.RELEASE_MIN_REQUESTS, downSeconds: settings.RELEASE_DOWN_SECONDS },
        },
        usual: settings.RELEASE_STRATEGY,
        windowSeconds: settings.RELEASE_WINDOW_SECONDS,
        instances: settings.APP_INSTANCES,
        aloneSeconds: settings.RELEASE_ALONE_SECONDS,
        leads: (release) => leads(gateway.status(), release),
        onTraffic: () => gateway.wake(),
    });
}

function readSecret(name: string): string | undefined {
    try {
        return readFileSync(join("/run/secrets", name), "utf8");
    } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw thrown;
    }
}

/** Runs until SIGTERM; each part goes on whatever the others meet. @param statusSocket where it answers */
export async function run(statusSocket: string): Promise<void> {
    const settings = readSettings(process.env, readSecret);
    const stop = new AbortController();
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());

    // nginx's workers are another user than root, and answer challenges from here.
    await mkdir(join(shared, "acme"), { recursive: true, mode: 0o755 });
    const store = new Store(shared, new URL(settings.ACME_DIRECTORY).host);
    const certificates: CertificateKeeper = new CertificateKeeper(
        settings.NAMES,
        { directory: settings.ACME_DIRECTORY, email: settings.ACME_EMAIL },
        store,
        () => gateway.wake(),
        log("certificates"),
    );
    const sites = async () => Promise.all(settings.NAMES.map(async (name) => ({ name, certificate: (await store.best(name))?.file })));
    const docker = new Docker();
    const swarm = new Swarm(docker, process.env);
    const proofs = proofsOf(settings.TESTERS, settings.TESTER_KEY);
    const gateway: GatewayKeeper = new GatewayKeeper(docker, swarm, settings, sites, () => proofs, log("gateway"), shared);
    const watch: Watch = new Watch(() => follower.reads, new Scraper(), new VersionCheck(new CoreCheck([settings.JWT_SECRET, settings.JWT_SECRET_PREVIOUS])));
    const follower = new GatewayFollower(docker, () => findGateway(docker, stop.signal), (attempt) => watch.attempt(attempt));
    const releases = releasesOf(settings, swarm, watch, gateway, stop.signal);
    const database =
        settings.DATABASE === "standalone"
            ? new DatabaseKeeper(
                  databaseSocket,
                  {
                      root: settings.MONGODB_ROOT_PASSWORD!,
                      rootPrevious: settings.MONGODB_ROOT_PASSWORD_PREVIOUS,
                      user: settings.MONGODB_USER!,
                      app: settings.MONGODB_APP_PASSWORD!,
                  },
                  log("database"),
              )
            : undefined;
    const status = await serveStatus(statusSocket, async () => ({
        region: settings.REGION,
        gateway: gateway.status(),
        certificates: await certificates.status(),
        database: database?.status() ?? null,
        releases: { ...releases.status(), testLink: testLink(settings.TESTER_KEY) },
    }), () => gateway.looksIn(staleSeconds), releases.answers());

    log("pilot")("info", "running", { region: settings.REGION, names: settings.NAMES, peers: settings.PEERS.map(({ host }) => host) });
    await Promise.race([
        Promise.all([gateway.run(stop.signal), releases.run(stop.signal), follower.run(Date.now(), stop.signal), certificates.run(stop.signal), database?.run(stop.signal), new Leftovers(docker, log("leftovers")).run(stop.signal)]),
        // An order may be waiting for its authority for minutes; the next pilot begins it anew.
        new Promise((resolve) => stop.signal.addEventListener("abort", resolve)),
    ]);
    status.close();
    log("pilot")("info", "stopped");
}

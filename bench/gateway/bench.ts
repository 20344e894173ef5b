import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withSection } from "../../cli/bench/page";
import { thisSize } from "../../cli/bench/size";
import { project } from "../../cli/paths";
import { Progress } from "../../cli/progress";
import { authority } from "../../pilot/test/authority";
import { nameServer } from "../../pilot/test/dns";
import type { GatewayState } from "../../pilot/gateway/state";
import { Gateway } from "./nginx";
import { gatewayPage, type Carried } from "./page";
import { endlessApp, Visitors } from "./streams";

/** More than two workers have connections for. */
const MOST = 5_000;
/** Streams whose memory is told apart from what an idle gateway takes. */
const WEIGHED = 1_000;
const name = (region: string) => `${region}.bench.test`;

/** Measures how many streams a real gateway carries, from its own region and from a peer; writes docs/performance.md. */
export async function benchGateway(): Promise<string> {
    const progress = new Progress();
    const folder = mkdtempSync(join(tmpdir(), "antipode-gateway-"));
    // The workers are another user than the master, and need the way to the inner sockets.
    chmodSync(folder, 0o755);
    const [ca, names, app] = [await authority(), await nameServer(/\.bench\.test$/), await endlessApp()];
    const gateways: Gateway[] = [];
    const trust = join(folder, "trust.pem");
    writeFileSync(trust, ca.pem);
    const start = async (region: string, more: Partial<GatewayState>, as = region) => {
        const certificate = join(folder, `${as}.pem`);
        writeFileSync(certificate, await ca.issue(name(region)));
        const state: GatewayState = { region, sites: [{ name: name(region), certificate }], peers: [], maxStreamSeconds: 600, ...more };
        const gateway = await Gateway.start(join(folder, as), state, { trust, resolver: names.address });
        gateways.push(gateway);
        return gateway;
    };
    const carried = async (gateway: Gateway, region: string): Promise<Carried> => {
        const visitors = new Visitors(gateway.port, name(region), ca.pem);
        const idle = gateway.memory();
        let refused = await visitors.raise(WEIGHED);
        const each = (gateway.memory() - idle) / visitors.held;
        refused ??= await visitors.raise(MOST);
        const result = { streams: visitors.held, refused, idle, each, all: gateway.memory() };
        visitors.leave();
        return result;
    };
    try {
        const serving = { app: { version: "1.0.0", addresses: [app.address] } };
        const local = await progress.during("Streams of its own region", async () => carried(await start("us", serving), "us"));
        const relayed = await progress.during("Streams that a peer serves", async () => {
            const peer = await start("cn", serving);
            return carried(await start("us", { peers: [{ region: "cn", host: name("cn"), port: peer.port }] }, "relay"), "us");
        });
        const page = join(project, "docs", "performance.md");
        const text = gatewayPage({ local, relayed }, thisSize(), new Date().toISOString().slice(0, 10));
        writeFileSync(page, withSection(readFileSync(page, "utf8"), "gateway", text));
        return text;
    } finally {
        for (const gateway of gateways) await gateway.stop();
        names.close();
        app.server.closeAllConnections();
        app.server.close();
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
}

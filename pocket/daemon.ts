import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { openAccounts, type Accounts } from "./accounts";
import { openAuthority } from "./ca";
import { Control } from "./control";
import { startDns } from "./dns";
import { dockerHost, startEngine } from "./engine/engine";
import { consoleOf, faults } from "./faults";
import { Ground, onThisComputer } from "./ground";
import { home } from "./home";
import { ensureImages } from "./image/images";
import { Monitors } from "./monitor";
import { ensureUnrouted, raise } from "./network/links";
import { places, world } from "./network/world";
import { anyAddress, ensureFree, type Wanted } from "./ports";
import { packages, views } from "./provider/clouds";
import { startProviders, type Providers } from "./provider/server";
import { registryName, startRegistry } from "./registry";
import { hosts, startServices } from "./services";
import { startPebble } from "./services/acme";
import { domain, stackSettings } from "./settings";
import { Store } from "./store";

const { providers: ports, acme } = world.ports;

/** Brings the pocket cloud up and keeps it: the one process that outlives the commands. Every step may be repeated. */
async function main(): Promise<void> {
    mkdirSync(home.state, { recursive: true, mode: 0o700 });
    const control = await Control.open(home.socket);
    let providers: Providers | undefined;
    process.once("SIGTERM", async () => {
        // A connection to a machine would outlive this process, and the machine, by a minute.
        await providers?.close();
        await control.close();
        // With what it has under way: an image that is being made, a program that is fetched.
        process.kill(0, "SIGTERM");
    });
    try {
        providers = await bringUp(control);
    } catch (error) {
        control.fail(error as Error);
    }
}

/** What another program may hold. The pocket's own programs that outlive the daemon are not asked for: they are to be there. */
const wanted: Wanted[] = [
    ...Object.entries(ports).map(([name, port]) => ({ what: `the pocket's ${name} provider`, port, address: "127.0.0.1" })),
    ...(["udp", "tcp"] as const).map((protocol) => ({ what: "the pocket's DNS", port: 53, protocol, address: anyAddress })),
    { what: "the pocket's outside services", port: 443, address: anyAddress },
];

async function bringUp(control: Control): Promise<Providers> {
    await ensureUnrouted();
    await ensureFree(wanted);
    const accounts = openAccounts();
    const store = openWorld(accounts);
    const authority = await openAuthority(home.ca);
    control.say("networks");
    await raise(home.state);

    control.say("names");
    const trusted = () => readFileSync(join(home.ca, "bundle.pem"), "utf8").match(/-----BEGIN[^]*?-----END CERTIFICATE-----/g)!;
    const monitors = new Monitors({ store, ca: trusted });
    await startDns({
        store,
        health: monitors,
        authority: world.authority,
        resolvers: [...places.map(({ place, resolver }) => ({ place, address: resolver })), { place: "us", address: world.resolver }],
        hosts: { ...Object.fromEntries(Object.values(hosts).map((name) => [name, world.services])), [registryName]: world.registry },
        // A cache may forget sooner than a record says. Here it does, so that a failover is seen as soon as the authority
        // knows of it; the load balancer's 30 s, the least that a DNS-only one can have, come on top elsewhere.
        longestTtl: 2,
        upstream: /^nameserver\s+(\S+)/m.exec(readFileSync("/etc/resolv.conf", "utf8"))?.[1],
    });

    control.say("services");
    const pebble = await startPebble({ ca: authority, folder: join(home.state, "acme"), dnsServer: `${world.resolver}:53`, ...acme });
    // What machines trust beside their own bundle, and the whole of what a visitor's phone trusts.
    const authorities = `${authority.root.trim()}\n${readFileSync(pebble.rootsFile, "utf8").trim()}\n`;
    writeFileSync(join(home.ca, "world.pem"), authorities);
    writeFileSync(join(home.ca, "bundle.pem"), [...rootCertificates, authorities].join("\n"));
    const services = await startServices({
        ca: authority,
        address: world.services,
        accounts: {
            arkKey: accounts.volcengineApiKey,
            arkEndpoint: accounts.volcengineEndpointId,
            deepseekKey: accounts.deepseekApiKey,
            wechatAppId: accounts.wechatAppid,
            wechatSecret: accounts.wechatSecret,
        },
        pebble: acme,
    });
    const registry = await startRegistry({ username: "antipode", password: accounts.registryPassword }, authority);

    control.say("Docker engine");
    await startEngine();
    process.env.DOCKER_HOST = dockerHost;
    const ground = new Ground(store, views, onThisComputer(await ensureImages((line) => control.say(line))));

    control.say("machines");
    await ground.settle();
    // A command of another checkout is served too: what it builds lies there, as a real provider runs in its program's folder.
    let program = join(__dirname, "..", "stacks");
    const providers = await startProviders({ packages: packages(() => program), store, substrate: ground, ledger: join(home.state, "ledger.json"), ports });
    control.on("POST", "/claim", ({ stack, ids }: { stack: string; ids: string[] }) => providers.claim(stack, ids));
    control.on("POST", "/program", ({ folder }: { folder: string }) => void (program = folder));
    control.on("POST", "/sweep", ({ stack }: { stack: string }) => providers.sweep(stack));
    control.on("POST", "/fault", faults(ground, store, registry));
    control.on("POST", "/console", consoleOf(ground, store));
    control.on("POST", "/wechat", ({ errcode, times }: { errcode: number; times?: number }) => services.wechat.fail(errcode, times));
    control.on("POST", "/llm", (order: Parameters<typeof services.llm.mode>[0]) => services.llm.mode(order));
    control.ready(() => ({
        attach: providers.attach,
        domain,
        settings: stackSettings(accounts),
        credentials: { AWS_ACCESS_KEY_ID: accounts.awsAccessKeyId, AWS_SECRET_ACCESS_KEY: accounts.awsSecretAccessKey },
        edge: edge(store, monitors),
    }));
    return providers;
}

function openWorld(accounts: Accounts): Store {
    const store = new Store(home.store);
    if (!store.get("cloudflare", accounts.cloudflareZoneId)) {
        store.put({ cloud: "cloudflare", kind: "zone", id: accounts.cloudflareZoneId, region: "global", props: { name: domain, accountId: accounts.cloudflareAccountId } });
    }
    return store;
}

function edge(store: Store, monitors: Monitors): object | undefined {
    const balancer = store.list<{ name: string; steeringPolicy: string; regionPools?: object; countryPools?: object }>("cloudflare", "loadBalancer")[0]?.props;
    if (!balancer) return undefined;
    const { name, steeringPolicy, regionPools, countryPools } = balancer;
    return { name, pools: monitors.status(), steering: { policy: steeringPolicy, regionPools, countryPools } };
}

void main();

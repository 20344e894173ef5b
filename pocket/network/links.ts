import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { Fault } from "../../errors/fault";
import { run } from "../run";
import { border } from "./border";
import { filterBridge, loadBridgeFilter } from "./bridges";
import { forward, forwardedBefore, giveBack } from "./forwarding";
import { gone } from "./nft";
import { closePassage, openPassage } from "./passage";
import { clashes, overlaps, within, type Route } from "./ranges";
import { places, world, type PlaceNetwork } from "./world";

/** Makes sure that nobody else on this machine has a route into the world, before anything is changed. Throws RANGE_TAKEN. */
export const ensureUnrouted = () => ensureNone(world.ranges, overlaps);

/** The same for a network of machines that is to be made. */
export const ensureNoNetwork = (cidr: string) => ensureNone([cidr], within);

async function ensureNone(ranges: readonly string[], inTheWay: typeof overlaps): Promise<void> {
    const routes = JSON.parse(await run("ip", ["-json", "route", "show", "table", "all"])) as Route[];
    const [clash] = clashes(routes, ranges, world.prefix, inTheWay);
    if (clash) throw new Fault("RANGE_TAKEN", { range: clash.range, route: `${clash.route.dst} dev ${clash.route.dev ?? "?"}` });
}

/**
 * The standing part of the world's network: the backbone with its services' addresses, a visitor in every place,
 * the routes to the machines' public addresses. Each step may be repeated; `lower` takes all of it away.
 */
export async function raise(state: string): Promise<void> {
    // The border first: nothing of the world is ever there without it.
    await run("nft", ["-f", "-"], { input: border(forwardedBefore(state)) });
    await openPassage();
    await loadBridgeFilter();
    forward();
    if (!present(world.backbone.link)) await ip("link", "add", world.backbone.link, "type", "bridge");
    for (const address of [world.operator, world.registry, world.authority, world.resolver, world.services]) {
        await ip("address", "replace", `${address}/24`, "dev", world.backbone.link);
    }
    await up(world.backbone.link);
    for (const place of places) await raisePlace(place);
}

async function raisePlace(place: PlaceNetwork): Promise<void> {
    if (!existsSync(`/run/netns/${place.namespace}`)) await ip("netns", "add", place.namespace);
    if (!present(place.link)) {
        await ip("link", "add", place.link, "type", "veth", "peer", "name", "eth0", "netns", place.namespace);
    }
    for (const address of [place.gateway, place.resolver]) await ip("address", "replace", `${address}/24`, "dev", place.link);
    await up(place.link);
    const inside = (...args: string[]) => ip("-n", place.namespace, ...args);
    await inside("link", "set", "lo", "up");
    await inside("address", "replace", `${place.visitor}/24`, "dev", "eth0");
    await inside("link", "set", "eth0", "up");
    await inside("route", "replace", "default", "via", place.gateway);
    mkdirSync(`/etc/netns/${place.namespace}`, { recursive: true });
    writeFileSync(`/etc/netns/${place.namespace}/resolv.conf`, `nameserver ${place.resolver}\n`);
    if (place.pool) await ip("route", "replace", place.pool, "dev", world.backbone.link, "src", world.operator);
}

/** Takes every link, name space, table, rule and route of the world away and sets `ip_forward` back to what it was. */
export async function lower(state: string): Promise<void> {
    for (const place of places) {
        // The link first: with its name space it goes too, but some time later.
        if (present(place.link)) await ip("link", "delete", place.link);
        if (existsSync(`/run/netns/${place.namespace}`)) await ip("netns", "delete", place.namespace);
        rmSync(`/etc/netns/${place.namespace}`, { recursive: true, force: true });
    }
    if (present(world.backbone.link)) await ip("link", "delete", world.backbone.link);
    giveBack(state);
    await closePassage();
    for (const name of [world.table, world.border]) await run("nft", ["-f", "-"], { input: gone(name) });
}

const ip = (...args: string[]) => run("ip", args);
const present = (link: string) => existsSync(`/sys/class/net/${link}`);

/** Brings a link up; strict reverse path filtering would drop packets that carry their public source already. */
export async function up(link: string): Promise<void> {
    await ip("link", "set", link, "up");
    filterBridge(link);
    writeFileSync(`/proc/sys/net/ipv4/conf/${link}/rp_filter`, "2");
}

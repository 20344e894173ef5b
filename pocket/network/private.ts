import type { Landscape, Place } from "../model";
import { set } from "./nft";
import { places, type PlaceNetwork, world } from "./world";

/**
 * Private addresses, which only their own network knows: what a machine sends elsewhere has its public address, or is
 * not sent. A place is taken for one network, as each region's stack makes one. Before connection tracking.
 */
export function fromMachines(landscape: Landscape): string[] {
    const settled = places.filter(({ place }) => cidrsIn(landscape, place).length > 0);
    const all = landscape.subnets.map((s) => s.cidr);
    const own = settled.map(({ place }) => [place, set(cidrsIn(landscape, place))] as const);
    return [
        ...own.map(([, cidrs]) => `iifname "ap-s*" ip saddr ${cidrs} ip daddr ${cidrs} return`),
        'iifname "ap-s*" ip saddr set ip saddr map @public_of',
        ...toResolvers(landscape).map((question) => `${question} return`),
        `iifname "ap-s*" ip saddr != ${set(places.flatMap((p) => p.pool ?? []))} drop`,
        ...(all.length > 0 ? [`iifname "ap-*" ip daddr ${set(all)} drop`] : []),
    ];
}

/** The operator, at this computer, knows them no better; what answers a machine passes. */
export function fromOperator({ subnets }: Landscape): string[] {
    return subnets.length > 0 ? [`oifname "ap-s*" ct state new ip daddr ${set(subnets.map((s) => s.cidr))} drop`] : [];
}

/** What a machine asks its own place's resolver: part of its network, which it reaches without a public address. */
export function toResolvers(landscape: Landscape): string[] {
    return places.flatMap((at) => {
        const machines = machinesIn(landscape, at);
        return machines.length === 0 ? [] : [`iifname "ap-s*" ip saddr ${set(machines)} ip daddr ${at.resolver} meta l4proto { tcp, udp } th dport 53`];
    });
}

/** Every address that a machine of a place may have. */
export function machinesIn(landscape: Landscape, { place, pool }: PlaceNetwork): string[] {
    return [...cidrsIn(landscape, place), ...(pool ? [pool] : [])];
}

const cidrsIn = ({ subnets }: Landscape, place: Place) => subnets.filter((s) => s.place === place).map((s) => s.cidr);

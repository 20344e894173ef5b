import type { Place } from "../model";

/**
 * The addresses of the pocket's world. 198.18.0.0/15 is for benchmarks of network gear and 198.51.100.0/24 for
 * documentation (RFC 2544, RFC 5737): no host of the real Internet has them.
 */
export const world = {
    /** What all interfaces are called after. */
    prefix: "ap-",
    /** Tables of the packet filter: what the clouds' records say, and the border that stands whatever they say. */
    table: "antipode",
    border: "antipode-border",
    backbone: { link: "ap-world", cidr: "198.18.0.0/24" },
    operator: "198.18.0.1",
    registry: "198.18.0.50",
    authority: "198.18.0.53",
    resolver: "198.18.0.54",
    services: "198.18.0.80",
    /** Of the delay line between us and cn. */
    lineEnds: ["198.18.0.201", "198.18.0.202"],
    /** The range that a pocket cloud takes of this machine's routes. */
    ranges: ["198.18.0.0/22", "198.51.100.0/24"],
    /** On 127.0.0.1. Fixed, so that a daemon that was started again answers where a running engine has attached; below the ephemeral ports. */
    ports: {
        providers: { aws: 18801, "terraform-provider": 18802, cloudflare: 18803, docker: 18804, tls: 18805, random: 18806 },
        acme: { port: 18814, managementPort: 18815 },
    },
} as const;

export interface PlaceNetwork {
    place: Place;
    /** Network namespace of the visitor, and the host's end of his link. */
    namespace: string;
    link: string;
    visitor: string;
    gateway: string;
    resolver: string;
    /** Public addresses of the machines there; none in a place without machines. */
    pool?: string;
}

const at = (place: Place, third: number, pool?: string): PlaceNetwork => ({
    place,
    namespace: `ap-visit-${place}`,
    link: `ap-v-${place}`,
    visitor: `198.18.${third}.10`,
    gateway: `198.18.${third}.1`,
    resolver: `198.18.${third}.53`,
    pool,
});

export const places: PlaceNetwork[] = [at("us", 1, "198.51.100.0/25"), at("cn", 2, "198.51.100.128/25"), at("eu", 3)];

export function placeOf(name: Place): PlaceNetwork {
    return places.find((p) => p.place === name)!;
}

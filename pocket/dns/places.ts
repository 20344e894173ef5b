import { BlockList } from "node:net";
import type { Place } from "../model";

/** What GeoIP knows of an address, and the Cloudflare data centre that is nearest to it. */
export interface Location {
    /** ISO 3166-1 alpha-2. */
    country: string;
    /** Cloudflare's code of the load balancing region, one of 13. */
    region: string;
    /** The data centre's airport code. */
    pop: string;
    latitude: number;
    longitude: number;
}

/**
 * The places of the pocket's world. Mainland China is taken to lie in NEAS, and a query from there to be answered as
 * from China, as it is with Cloudflare's China Network; Cloudflare's region list does not say it in so many words.
 */
export const locations: Record<Place, Location> = {
    us: { country: "US", region: "ENAM", pop: "IAD", latitude: 38.95, longitude: -77.45 },
    cn: { country: "CN", region: "NEAS", pop: "SHA", latitude: 31.2, longitude: 121.5 },
    eu: { country: "DE", region: "WEU", pop: "FRA", latitude: 50.03, longitude: 8.57 },
};

/** Who lives where: visitors with their resolvers, and the public addresses of the machines. */
export const networks: Record<string, Place> = {
    "198.18.1.0/24": "us",
    "198.18.2.0/24": "cn",
    "198.18.3.0/24": "eu",
    "198.51.100.0/25": "us",
    "198.51.100.128/25": "cn",
};

/** Looks an IPv4 address up; undefined is what GeoIP says of an address that it does not know. */
export type Locate = (address: string) => Location | undefined;

/** A look-up over a table of networks in CIDR form. */
export function locator(table: Record<string, Place> = networks): Locate {
    const lists = Object.entries(table).map(([cidr, place]) => {
        const [network, length] = cidr.split("/") as [string, string];
        const list = new BlockList();
        list.addSubnet(network, Number(length));
        return { list, location: locations[place] };
    });
    return (address) => lists.find(({ list }) => list.check(address))?.location;
}

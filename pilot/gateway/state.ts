/** A version of the app with the addresses of its healthy tasks, `address:port`. */
export interface App {
    version: string;
    addresses: string[];
    /** Where it answers whether it can serve, if that is not the public health path itself. */
    health?: string;
}

/** A version on its way to the visitors. */
export interface Candidate extends App {
    /** The share of the visitors who get it, in percent. */
    weight: number;
    /** Proofs by which a visitor gets it whatever the weight: 32 hexadecimal digits each. */
    testers: string[];
}

/** Another region, reached by name: addresses do not cross regions. */
export interface Peer {
    region: string;
    host: string;
    port: number;
}

/** A public name of this region; `certificate` is one PEM file with chain and key, absent until there is one. */
export interface Site {
    name: string;
    certificate?: string;
}

/** Everything that decides what the gateway does; equal states render equal text. */
export interface GatewayState {
    region: string;
    sites: Site[];
    peers: Peer[];
    /** The version that serves; absent when no task of any version is healthy. */
    app?: App;
    /** Beside `app`, and never without it. */
    candidate?: Candidate;
    maxStreamSeconds: number;
    /** What peers prove themselves with; nobody is believed to be one without it. */
    peerSecret?: string;
}

/** Where the gateway's container has things; tests have them elsewhere. */
export interface Layout {
    /** The volume that pilot and gateway share. */
    shared: string;
    /** Private to the gateway's container: process id and inner sockets. */
    run: string;
    httpPort: number;
    httpsPort: number;
    /** The port that peers answer challenges on. */
    peerHttpPort: number;
    resolver: string;
    trust: string;
    accessLog: string;
    errorLog: string;
}

export const containerLayout: Layout = {
    shared: "/etc/gateway",
    run: "/run/gateway",
    httpPort: 80,
    httpsPort: 443,
    peerHttpPort: 80,
    // Docker's own resolver, on every network that is not the default bridge.
    resolver: "127.0.0.11",
    trust: "/etc/ssl/certs/ca-certificates.crt",
    accessLog: "/dev/stdout",
    errorLog: "/dev/stderr",
};

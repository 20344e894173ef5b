/** A request that shows whether a version does its work. */
export interface Check {
    method: string;
    path: string;
    body?: string;
    /** The status of a good answer. */
    status: number;
    /** A part of a good answer. */
    text?: string;
}

export interface Metrics {
    port: number;
    path: string;
}

/** The sources that a version is judged by, besides the gateway's log and the Swarm. */
export interface Contract {
    preset: "chat" | "any";
    /** An instance that can serve answers this path with 200. */
    health: string;
    /** `chat` is a login and a chat. Without a check the version is not judged by one. */
    check: Check | "chat" | "none";
    /** Without metrics the version is not judged by them. */
    metrics: Metrics | "none";
}

/** The settings of a version. The pilot finds out the rest from the first instance that answers. */
export type Declared = Partial<Contract>;

/** The health path that the gateway serves for every app: DNS monitors ask for it. */
export const publicHealth = "/api/health";
export const usualMetrics: Metrics = { port: 9464, path: "/metrics" };

export const isComplete = (declared: Declared): declared is Contract =>
    declared.preset !== undefined && declared.health !== undefined && declared.check !== undefined && declared.metrics !== undefined;

/** When somebody ordered something, from when it was under way, and when it was over, its drain with it; in milliseconds since 1970. */
export interface Carried { ordered: number; from: number; to: number }

/** A way in which the versions of an app come to the visitors of a machine: the pilot's, or a peer's. */
export interface Way {
    /** What the visitors ask. */
    readonly origin: string;
    /** Brings a version to all visitors at once, as soon as it is healthy. */
    release(version: string): Promise<Carried>;
    /** Does the same with one that was released before and has no instance now. */
    back(version: string): Promise<Carried>;
    /** Does that, and then gives all visitors the one before again, as soon as this way can. Gives when that was ordered. */
    thereAndBack(version: string): Promise<number>;
    /** Releases a version that is bad with all the care that this way has, and goes on until no visitor gets it, or for so many seconds. */
    trouble(version: string, seconds: number): Promise<void>;
}

/** Who holds a lock. `started` tells the process from another that has its number by now. */
export interface Holder { pid: number; started?: string; purpose: string; since: string }

export declare function lock(file: string, purpose: string): { release(): void } | { holder: Holder };
export declare function lives(holder: Pick<Holder, "pid" | "started">): boolean;

/** A request that a transport sends. Header names are lower case. */
export interface HttpRequest {
    method: "GET" | "POST" | "PUT" | "DELETE";
    url: string;
    headers: Record<string, string>;
    body?: string;
    /** The answer comes in pieces over minutes. */
    stream: boolean;
}

export interface Head {
    status: number;
    /** A header's value, whatever the case of its name. */
    header(name: string): string | undefined;
}

/** What a transport tells, in this order: `onHead` once, `onBytes` as they come, then `onEnd`; or `onFail` at any time, and nothing after it. */
export interface Listener {
    onHead(head: Head): void;
    onBytes(bytes: Uint8Array): void;
    onEnd(): void;
    onFail(reason: string): void;
    /** The platform gives the answer only at its end, and nothing before: silence is no sign of a dead connection. */
    onQuiet?(): void;
}

/** Sends a request; gives back what breaks it off, after which nothing is told any more. */
export type Transport = (request: HttpRequest, listener: Listener) => () => void;

/** A listener that hears nothing once it was silenced, or after the end. */
export function silenceable(listener: Listener): Required<Listener> & { silence(): void } {
    let heard: Listener | undefined = listener;
    const last = (tell: (listener: Listener) => void) => {
        const to = heard;
        heard = undefined;
        if (to) tell(to);
    };
    return {
        onHead: (head) => heard?.onHead(head),
        onBytes: (bytes) => heard?.onBytes(bytes),
        onQuiet: () => heard?.onQuiet?.(),
        onEnd: () => last((to) => to.onEnd()),
        onFail: (reason) => last((to) => to.onFail(reason)),
        silence: () => (heard = undefined),
    };
}

export type Provider = "ark" | "deepseek";

/**
 * What the next requests to a provider meet, beside or instead of a good answer. `after` counts content tokens.
 *
 * - `stall`: the stream goes silent, the connection stays open (deepseek-ai/DeepSeek-V3#1608)
 * - `cut`: the connection breaks in the middle of the answer
 * - `cut-before-done`: every token and the finish reason arrive, `[DONE]` does not
 * - `slow`: this many milliseconds a token
 * - `error`: refused with the service's own body; `code` is one of its codes, or the order is refused
 * - `error-as-200`: that refusal with status 200, as some gateways send it (docs/model-services.md, `json-error`)
 * - `no-text`: the answer ends with `stop` and has no text (docs/model-services.md, `empty-stop`)
 * - `html-502`: a gateway's page instead of JSON
 * - `error-in-stream`: an error after some tokens, as bare data or as an `event: error`
 * - `keepalive`: comment lines before each token (empty lines when not streaming)
 * - `reasoning`, `null-content`: thinking first; on Ark with `content` null instead of ""
 * - `usage`: on the last chunk that has a choice, or on one of its own
 * - `content-filter`: the answer ends early with that finish reason
 * - `split-utf8`: bytes of one character arrive apart
 * - `no-space-after-data`, `crlf`: other legal spellings of the event stream
 */
export type Mode =
    | { kind: "stall" | "cut" | "content-filter"; after?: number }
    | { kind: "cut-before-done" | "html-502" | "keepalive" | "reasoning" | "null-content" | "split-utf8" | "no-space-after-data" | "crlf" | "no-text" }
    | { kind: "slow"; tokenMs: number }
    | { kind: "error" | "error-as-200"; code: string }
    | { kind: "error-in-stream"; form: "plain" | "event"; after?: number }
    | { kind: "usage"; place: "last" | "separate" };

/** A mode with its address; without `times` it holds until it is cleared. */
export type Order = Mode & { provider: Provider; times?: number };

/** The orders that are in force. Several hold for one request at once, which takes one from the count of each. */
export class Modes {
    private orders: Order[] = [];

    /** `knows` tells whether a service has a refusal of that code. */
    constructor(private readonly knows: Record<Provider, (code: string) => boolean>) {}

    set(order: Order): void {
        if ((order.kind === "error" || order.kind === "error-as-200") && !this.knows[order.provider](order.code)) throw new Error(`${order.provider} has no error ${order.code}`);
        this.orders.push({ ...order });
    }

    clear(provider?: Provider): void {
        this.orders = provider ? this.orders.filter((order) => order.provider !== provider) : [];
    }

    take(provider: Provider): Mode[] {
        const due = this.orders.filter((order) => order.provider === provider);
        for (const order of due) if (order.times !== undefined) order.times--;
        this.orders = this.orders.filter(({ times }) => times === undefined || times > 0);
        return due;
    }
}

/** The last order of a kind wins. */
export function find<K extends Mode["kind"]>(modes: Mode[], kind: K): (Mode & { kind: K }) | undefined {
    return modes.findLast((mode): mode is Mode & { kind: K } => mode.kind === kind);
}

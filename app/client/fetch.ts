import { silenceable, type HttpRequest, type Listener, type Transport } from "./transport";

/** For browsers and Node 20: the platform's own `fetch`, which gives a body as it comes. */
export const fetchTransport: Transport = (request, listener) => {
    const to = silenceable(listener);
    const abort = new AbortController();
    send(request, to, abort.signal).then(to.onEnd, (error: Error) => to.onFail(error.message));
    return () => {
        to.silence();
        abort.abort();
    };
};

async function send({ method, url, headers, body }: HttpRequest, to: Listener, signal: AbortSignal): Promise<void> {
    // Neither a question nor an answer is for a cache. The token is the only credential of the service; to a page of its own
    // the gateway gives a cookie as well, by which the page and what it asks come from one version.
    const init = { method, headers, body, signal, cache: "no-store" as const, credentials: "same-origin" as const };
    const response = await fetch(url, init);
    to.onHead({ status: response.status, header: (name) => response.headers.get(name) ?? undefined });
    const reader = response.body?.getReader();
    if (!reader) return;
    for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        to.onBytes(value);
    }
}

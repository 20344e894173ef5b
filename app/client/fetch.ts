import { silenceable, type HttpRequest, type Listener, type Transport } from "./transport";
import { utf8Bytes } from "./utf8";

/** For browsers, Node 20, and React Native: the platform's own `fetch`, which gives a body as it comes, or its text at the end. */
export const fetchTransport: Transport = (request, listener) => {
    const to = silenceable(listener);
    // Chromium has it since 66.
    const abort = typeof AbortController === "undefined" ? undefined : new AbortController();
    send(request, to, abort?.signal).then(to.onEnd, (error: Error) => to.onFail(error.message));
    return () => {
        to.silence();
        abort?.abort();
    };
};

/** React Native and old WebViews have no `body`, and give the headers with the text. */
const hasBodies = () => typeof Response !== "undefined" && "body" in Response.prototype;

async function send({ method, url, headers, body }: HttpRequest, to: Required<Listener>, signal: AbortSignal | undefined): Promise<void> {
    if (!hasBodies()) to.onQuiet();
    // Neither a question nor an answer is for a cache. The token is the only credential of the service; to a page of its own
    // the gateway gives a cookie as well, by which the page and what it asks come from one version.
    const init = { method, headers, body, ...(signal && { signal }), cache: "no-store" as const, credentials: "same-origin" as const };
    const response = await fetch(url, init);
    to.onHead({ status: response.status, header: (name) => response.headers.get(name) ?? undefined });
    if (typeof response.body?.getReader !== "function") return whole(response, to);
    const reader = response.body.getReader();
    for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        to.onBytes(value);
    }
}

async function whole(response: Response, to: Required<Listener>): Promise<void> {
    to.onQuiet();
    to.onBytes(utf8Bytes(await response.text()));
}

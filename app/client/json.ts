import { lost, malformed, parsed, refusalOf, textOf } from "./refusal";
import type { Head, HttpRequest, Transport } from "./transport";

const ANSWER_MS = 30_000;

/**
 * Sends a request whose answer is one piece of JSON; without a body (204) it is undefined.
 * @throws ChatError the service's refusal; connection_lost; answer_malformed
 */
export function askJson<T>(transport: Transport, request: Omit<HttpRequest, "stream">, withinMs = ANSWER_MS): Promise<{ body: T; head: Head }> {
    return new Promise((resolve, reject) => {
        let head: Head | undefined;
        const pieces: Uint8Array[] = [];
        const fail = (error: Error) => {
            clearTimeout(timer);
            reject(error);
        };
        const answer = () => {
            if (!head) return fail(lost("no answer"));
            const text = textOf(pieces);
            if (head.status < 200 || head.status > 299) return fail(refusalOf(head, text));
            const body = head.status === 204 ? undefined : parsed(text);
            if (body === undefined && head.status !== 204) return fail(malformed(`status ${head.status}`, { status: head.status }));
            clearTimeout(timer);
            resolve({ body: body as T, head });
        };
        const cancel = transport(
            { ...request, stream: false },
            { onHead: (given) => (head = given), onBytes: (bytes) => pieces.push(bytes), onEnd: answer, onFail: (reason) => fail(lost(reason)) },
        );
        const timer = setTimeout(() => {
            cancel();
            reject(lost("no answer in time"));
        }, withinMs);
    });
}

import { eventReader, type StreamEvent } from "../events";

/** The events of a body, one after another. Ends with the body, rejects when it breaks or says nothing for so long. */
export async function* readEvents(body: ReadableStream<Uint8Array>, silenceMs: number): AsyncGenerator<StreamEvent> {
    const reader = body.getReader();
    const text = new TextDecoder();
    const read = eventReader();
    try {
        for (;;) {
            const { done, value } = await within(reader.read(), silenceMs);
            if (done) return;
            yield* read(text.decode(value, { stream: true }));
        }
    } finally {
        await reader.cancel().catch(() => undefined);
    }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`silent for ${ms} ms`)), ms)));
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

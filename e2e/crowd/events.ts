/** One event as it stands in the stream; comments and `retry` are left out. */
export interface StreamEvent { id?: string; event?: string; data: string }

/**
 * The events of a body, one after another (html.spec.whatwg.org, "server-sent events"; one line of data each, as the
 * service sends them). Ends with the body, rejects when it breaks or says nothing for so long.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>, silenceMs: number): AsyncGenerator<StreamEvent> {
    const reader = body.getReader();
    const text = new TextDecoder();
    let rest = "";
    try {
        for (;;) {
            const { done, value } = await within(reader.read(), silenceMs);
            if (done) return;
            const blocks = (rest + text.decode(value, { stream: true })).split("\n\n");
            rest = blocks.pop()!;
            for (const block of blocks) {
                const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1];
                const data = field("data");
                if (data !== undefined) yield { id: field("id"), event: field("event"), data };
            }
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

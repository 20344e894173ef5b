import { createParser } from "eventsource-parser";
import { StreamError } from "../errors/errors";

/** What one event may hold before its line ends: a service that never ends a line must not fill the memory. */
const MAX_EVENT_CHARS = 1 << 20;

/**
 * Cuts the bytes of an event stream into the texts of its `data:` fields; comments and event names are dropped. One
 * decoder a stream: a Chinese character may be cut by a packet's border.
 * @param onData told each text, synchronously
 * @returns takes the next bytes; throws StreamError upstream_malformed when an event does not end
 */
export function eventReader(onData: (data: string) => void): (bytes: Uint8Array) => void {
    const decoder = new TextDecoder();
    const more = { stream: true };
    const parser = createParser({
        maxBufferSize: MAX_EVENT_CHARS,
        onEvent: (event) => onData(event.data),
        onError: (error) => {
            if (error.type === "max-buffer-size-exceeded") throw new StreamError("upstream_malformed", { cause: error });
        },
    });
    return (bytes) => parser.feed(decoder.decode(bytes, more));
}

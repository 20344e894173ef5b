/**
 * One event of the stream as text. `type` and `seq` are repeated inside the JSON, because the small parsers that
 * people write for mini-programs drop the `event:` and `id:` lines.
 * @param streamId of the whole stream
 * @param seq counts from 1, without a gap
 */
export function frame(streamId: string, seq: number, type: string, fields: object): string {
    return `id: ${streamId}.${seq}\nevent: ${type}\ndata: ${JSON.stringify({ type, seq, ...fields })}\n\n`;
}

/** First bytes: how long a client waits before it reconnects (milliseconds), and a comment that flushes proxies. */
export const PREAMBLE = "retry: 3000\n: connected\n\n";
export const PING = ": ping\n\n";
export const LAST = "data: [DONE]\n\n";

/**
 * One event of a turn as text. `type` and `seq` are repeated inside the JSON, because the small parsers that people
 * write for mini-programs drop the `event:` and `id:` lines.
 * @param streamId of the whole stream
 * @param seq counts from 1, without a gap
 */
export function frame(streamId: string, seq: number, type: string, fields: object): string {
    return `id: ${streamId}.${seq}\nevent: ${type}\ndata: ${JSON.stringify({ type, seq, ...fields })}\n\n`;
}

/** The same for a text that is to be appended: most events are one, so it is put together by hand. */
export function textFrame(streamId: string, seq: number, type: "delta" | "reasoning", text: string): string {
    return `id: ${streamId}.${seq}\nevent: ${type}\ndata: {"type":"${type}","seq":${seq},"delta":${JSON.stringify(text)}}\n\n`;
}

/** An event about the connection alone. Without an id, so that the client's last id stays that of the turn. */
export function notice(type: string, fields: object): string {
    return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

/** Headers of every answer that is a stream of events; names in lower case. */
export const streamHeaders = (streamId: string): Record<string, string> => ({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
    "x-stream-id": streamId,
});

/** First bytes: how long a client waits before it reconnects (milliseconds), and a comment that flushes proxies. */
export const PREAMBLE = "retry: 3000\n: connected\n\n";
export const PING = ": ping\n\n";
export const LAST = "data: [DONE]\n\n";

const POSITION = /^s_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** A turn's stream is named after the turn, so that any instance finds the turn of a stream. */
export const streamIdOf = (turnId: string): string => `s_${turnId.replaceAll("-", "")}`;

/** The turn of a stream; undefined when this is no stream's name. */
export function turnIdOf(streamId: string): string | undefined {
    const parts = POSITION.exec(streamId);
    return parts ? parts.slice(1).join("-") : undefined;
}

import { setTimeout as pause } from "node:timers/promises";
import type { StreamEvent } from "../events";
import { readEvents } from "./events";

/** What a user knows of one message that he sent, and of its answer. */
export interface Turn {
    /** Idempotency-Key of every attempt. */
    key: string;
    message: string;
    sessionId?: string;
    messageId?: string;
    /** `start` was seen: the service has the message. */
    started: boolean;
    text: string;
    /** The terminal event: `done`, or the code of an error. Absent when none came in time. */
    end?: string;
    history?: string;
    /** What was asked of the service, with its status or why there was none. */
    attempts: string[];
}

export interface Way { origin: string; token: string }

const retryMs = 500;
/** Nothing, not even a heartbeat (15 s): the connection is dead. */
const silenceMs = 40_000;

/**
 * Holds a turn as a good client does: sends the message, goes on after its last event when the stream breaks, and repeats
 * the request under the same key when the service does not know the stream. Gives up `patienceMs` after the beginning.
 */
export async function hold({ origin, token }: Way, turn: Turn, after: string | undefined, onEvent: (event: StreamEvent) => void, patienceMs: number): Promise<void> {
    const end = Date.now() + patienceMs;
    let stream: { id: string; seq: number } | undefined;
    let over = false;

    const take = (event: StreamEvent): void => {
        if (event.data === "[DONE]") return void (over = true);
        const data = JSON.parse(event.data) as Record<string, any>;
        const [, id, seq] = /^(s_[0-9a-f]{32})\.(\d+)$/.exec(event.id ?? "") ?? [];
        if (id && seq) {
            if (stream?.id === id && Number(seq) > stream.seq + 1) throw new Error(`event ${seq} came after ${stream.seq}`);
            stream = { id, seq: Number(seq) };
        }
        if (data.type === "start") Object.assign(turn, { started: true, sessionId: data.sessionId, messageId: data.messageId, history: data.history, text: "" });
        else if (data.type === "delta") turn.text += data.delta;
        else if (data.type === "message") turn.text = data.content;
        else if (data.type === "done") turn.end = "done";
        else if (data.type === "error") turn.end = String(data.code);
        onEvent(event);
    };

    const request = (): Promise<Response> => {
        const headers: Record<string, string> = { authorization: `Bearer ${token}` };
        const signal = AbortSignal.timeout(Math.max(1, end - Date.now()));
        if (stream) return fetch(`${origin}/api/chat/streams/${stream.id}`, { headers: { ...headers, "last-event-id": `${stream.id}.${stream.seq}` }, signal });
        const body = JSON.stringify({ message: turn.message, ...(turn.sessionId && { sessionId: turn.sessionId }), ...(turn.attempts.length === 0 && after && { after }) });
        return fetch(`${origin}/api/chat`, { method: "POST", headers: { ...headers, "content-type": "application/json", "idempotency-key": turn.key }, body, signal });
    };

    while (!over && Date.now() < end) {
        try {
            const asked = stream ? "resume" : "chat";
            const response = await request();
            turn.attempts.push(`${asked} ${response.status}`);
            if (response.status === 204) over = true;
            else if (response.status === 200) for await (const event of readEvents(response.body!, silenceMs)) take(event);
            else {
                const text = await response.text();
                turn.attempts.push(text.slice(0, 120));
                // The request is wrong: to repeat it would not mend it.
                if (!stream && response.status < 500 && ![408, 409, 429].includes(response.status)) return void (turn.end = text);
                stream = undefined;
            }
        } catch (broken) {
            turn.attempts.push(reason(broken));
        }
        if (!over) await pause(retryMs);
    }
}

function reason(thrown: unknown): string {
    const { message, cause } = thrown as Error & { cause?: Error };
    return cause ? `${message}: ${cause.message}` : message;
}

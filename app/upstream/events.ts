import { StreamError } from "../errors/errors";

/** A line, or the lines of one event, may be this long: a service that never ends a line must not fill the memory. */
const MAX_CHARS = 2 << 20;
const DONE = /^\[DONE\]$/i;
/** Some servers send a heartbeat as data instead of as a comment. */
const HEARTBEAT = /^(:.*|ping|pong|heartbeat|keep-?alive)$/i;
const MORE = { stream: true };

export interface EventHandler {
    /** @param event the event's name; empty when it has none */
    onValue(value: unknown, event: string): void;
    onDone(): void;
}

/**
 * Reads the JSON values of a body, as services really send it. Each `data:` line is a value of its own when it is JSON,
 * with or without a blank line after it; otherwise it continues until the blank line. Lines of bare JSON count as data,
 * so a body that is one JSON document, or one document a line, is read the same way.
 *
 * An event-stream parser that follows the standard loses the last event without a blank line, joins events that one
 * newline separates, and drops bare JSON.
 */
export class EventReader {
    /** The body holds text that belongs to no format this reader knows, such as a page. */
    strange = false;
    private readonly decoder = new TextDecoder();
    /** A line that has not ended. */
    private rest = "";
    private afterReturn = false;
    private event = "";
    /** Data that is no JSON yet. */
    private held: string | undefined;

    constructor(private readonly handler: EventHandler) {}

    /** @throws StreamError upstream_malformed, or what the handler throws */
    read(bytes: Uint8Array): void {
        this.take(this.decoder.decode(bytes, MORE));
    }

    /** The body is over: its last line needs no newline. */
    end(): void {
        this.take(this.decoder.decode());
        const last = this.rest;
        this.rest = "";
        if (last !== "") this.line(last);
        this.blank();
    }

    private take(text: string): void {
        const lines = this.withLineFeeds(text);
        let from = 0;
        for (let to = lines.indexOf("\n"); to !== -1; to = lines.indexOf("\n", from)) {
            const line = lines.slice(from, to);
            from = to + 1;
            if (this.rest === "") this.line(line);
            else {
                const whole = this.rest + line;
                this.rest = "";
                this.line(whole);
            }
        }
        if (from < lines.length) this.rest += lines.slice(from);
        if (this.rest.length > MAX_CHARS) throw malformed("a line without an end");
    }

    /** A carriage return ends a line at once; a line feed that follows it belongs to it. */
    private withLineFeeds(text: string): string {
        if (text === "") return text;
        const lines = this.afterReturn && text.startsWith("\n") ? text.slice(1) : text;
        this.afterReturn = text.endsWith("\r");
        return lines.includes("\r") ? lines.replace(/\r\n?/g, "\n") : lines;
    }

    private line(line: string): void {
        if (line === "") this.blank();
        else if (line.startsWith("data:")) this.data(line.slice(line.startsWith(" ", 5) ? 6 : 5));
        else if (line.startsWith(":")) return;
        else if (line.startsWith("event:")) this.event = line.slice(6).trim();
        else this.unusual(line);
    }

    private blank(): void {
        if (this.held !== undefined) {
            const value = parse(this.held);
            this.held = undefined;
            if (value === NONE) throw malformed("no JSON");
            this.handler.onValue(value, this.event);
        }
        this.event = "";
    }

    private data(data: string): void {
        if (this.held === undefined) {
            if (data === "[DONE]") return this.handler.onDone();
            const value = parse(data);
            // A string of JSON is text that was put in quotes once too often.
            if (typeof value === "string") return this.words(value.trim());
            if (value !== NONE) return this.handler.onValue(value, this.event);
        }
        this.words(data.trim());
    }

    /** Data that is no JSON object by itself. */
    private words(text: string): void {
        if (this.held !== undefined) this.hold(`${this.held}\n${text}`);
        else if (DONE.test(text)) this.handler.onDone();
        else if (text === "" || HEARTBEAT.test(text) || HEARTBEAT.test(this.event)) return;
        else if (text.startsWith("data:")) this.data(text.slice(5).trimStart());
        else if (/^[{[]/.test(text)) this.hold(text);
        else if (this.event === "error") this.handler.onValue({ error: text }, this.event);
        else throw malformed("no JSON");
    }

    private hold(text: string): void {
        if (text.length > MAX_CHARS) throw malformed("an event without an end");
        this.held = text;
    }

    /** A line that the standard would ignore. */
    private unusual(line: string): void {
        const text = line.trim();
        const error = /^error\s*:\s*(.*)$/.exec(text);
        if (text === "") this.blank();
        else if (this.held !== undefined || /^[{[]/.test(text)) this.data(text);
        else if (error) {
            this.event = "error";
            this.data(error[1]!);
        } else if (text !== line && /^(data|event):/.test(text)) this.line(text);
        else if (!/^(id|retry)\s*:/.test(text)) this.strange = true;
    }
}

/** JSON has no such value. */
const NONE = Symbol("no JSON");

function parse(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return NONE;
    }
}

const malformed = (cause: string) => new StreamError("upstream_malformed", { cause });

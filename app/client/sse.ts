import { utf8Decoder, type Decoder } from "./utf8";

/** One event as it was written. `id` is this event's own; the parser keeps none from one event to the next. */
export interface Frame {
    id: string | undefined;
    event: string | undefined;
    data: string;
}

/**
 * Reads server-sent events (HTML Standard, 9.2.6) from bytes in pieces of any size: a piece may end inside a line, inside
 * a character, or between CR and LF. An event that was cut before its empty line is never told: it comes again.
 */
export class SseParser {
    private line = "";
    private afterCr = false;
    private begun = false;
    private id: string | undefined;
    private event: string | undefined;
    private data: string[] = [];

    constructor(private readonly onFrame: (frame: Frame) => void, private readonly decoder: Decoder = utf8Decoder()) {}

    feed(bytes: Uint8Array): void {
        let text = this.decoder.decode(bytes);
        if (text === "") return;
        if (!this.begun && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
        this.begun = true;
        // LF after a CR that ended the piece before belongs to that line's end; the next one does not.
        if (this.afterCr && text[0] === "\n") text = text.slice(1);
        this.afterCr = false;
        if (text === "") return;
        this.afterCr = text[text.length - 1] === "\r";
        const lines = text.split(/\r\n|\n|\r/);
        for (let index = 0; index < lines.length - 1; index += 1) {
            this.take(this.line + lines[index]!);
            this.line = "";
        }
        this.line += lines[lines.length - 1]!;
    }

    private take(line: string): void {
        if (line === "") return this.dispatch();
        const colon = line.indexOf(":");
        if (colon === 0) return;
        const name = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
        if (name === "data") this.data.push(value);
        else if (name === "event") this.event = value;
        else if (name === "id" && value.indexOf("\0") < 0) this.id = value;
    }

    private dispatch(): void {
        const { id, event, data } = this;
        this.id = this.event = undefined;
        this.data = [];
        if (data.length > 0) this.onFrame({ id, event, data: data.join("\n") });
    }
}

import type { Piece } from "./upstream";

const TAGS = ["think", "thinking", "thought"];

/**
 * Tells thoughts from the answer where a service sends both as content: `<think>…</think>` at the beginning. Only there:
 * later on the tag is what the answer is about.
 */
export class Thoughts {
    private state: "begin" | "inside" | "behind" | "answer" = "begin";
    private tag = "";
    /** Text whose meaning the next text decides. */
    private held = "";

    constructor(private readonly tell: (type: Piece["type"], text: string) => void) {}

    add(text: string): void {
        if (this.state === "answer") return this.say("delta", text);
        this.held += text;
        if (this.state === "begin") this.begin();
        if (this.state === "inside") this.inside();
        if (this.state === "behind") this.behind();
    }

    /** No more text comes. */
    end(): void {
        const { held } = this;
        this.held = "";
        this.say(this.state === "inside" ? "reasoning" : "delta", held);
    }

    private begin(): void {
        const text = this.held.trimStart();
        const tag = TAGS.find((name) => text.startsWith(`<${name}>`));
        if (tag) {
            this.tag = tag;
            this.state = "inside";
            this.held = text.slice(tag.length + 2);
        } else if (!TAGS.some((name) => `<${name}>`.startsWith(text))) this.answer(this.held);
    }

    private inside(): void {
        const close = `</${this.tag}>`;
        const at = this.held.indexOf(close);
        const thought = at < 0 ? this.held.slice(0, this.held.length - tail(this.held, close)) : this.held.slice(0, at);
        this.held = this.held.slice(at < 0 ? thought.length : at + close.length);
        this.say("reasoning", thought);
        if (at >= 0) this.state = "behind";
    }

    /** The blank lines after the thoughts are not part of the answer. */
    private behind(): void {
        this.held = this.held.trimStart();
        if (this.held !== "") this.answer(this.held);
    }

    private answer(text: string): void {
        this.state = "answer";
        this.held = "";
        this.say("delta", text);
    }

    private say(type: Piece["type"], text: string): void {
        if (text !== "") this.tell(type, text);
    }
}

/** How many of the last characters may be the beginning of `close`. */
function tail(text: string, close: string): number {
    for (let length = Math.min(text.length, close.length - 1); length > 0; length -= 1) if (close.startsWith(text.slice(-length))) return length;
    return 0;
}

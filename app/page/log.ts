import type { Failure, Turn } from "../client/index";
import type { Words } from "./words";

/** A new element; its text is text, whatever it holds. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className = "", text = ""): HTMLElementTagNameMap[Name] {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
}

/** One answer on the screen, drawn at most once a frame however fast its words come. */
export class AnswerView {
    readonly item = element("li", "assistant");
    private readonly reasoning = element("details");
    private readonly thoughts = element("p");
    private readonly text = element("p", "text");
    private readonly notes = element("p", "speaker");
    private readonly error = element("p", "error");
    private next: Turn | undefined;

    constructor(private readonly words: Words, private readonly onDrawn: () => void) {
        this.reasoning.append(element("summary", "", words.reasoning), this.thoughts);
        this.reasoning.hidden = this.notes.hidden = this.error.hidden = true;
        this.item.append(element("span", "unseen", words.model), this.reasoning, this.text, this.notes, this.error);
        // Read out when it is whole, not word by word.
        this.item.setAttribute("aria-busy", "true");
    }

    show(turn: Turn): void {
        if (this.next === undefined) requestAnimationFrame(() => this.draw());
        this.next = turn;
    }

    /** The end, and what can be done about it. */
    end(turn: Turn, action?: { label: string; act: () => void }): void {
        this.next = turn;
        this.draw();
        this.item.setAttribute("aria-busy", "false");
        if (turn.error) this.fail(turn.error);
        if (!action) return;
        const button = element("button", "quiet", action.label);
        button.type = "button";
        button.addEventListener("click", () => {
            button.remove();
            action.act();
        });
        this.item.append(button);
    }

    private fail({ code, message }: Failure): void {
        this.error.textContent = `${this.words.failed(message)} `;
        this.error.append(element("code", "", code));
        this.error.hidden = false;
    }

    private draw(): void {
        const turn = this.next;
        this.next = undefined;
        if (!turn) return;
        this.text.textContent = turn.text;
        this.thoughts.textContent = turn.reasoning;
        this.reasoning.hidden = turn.reasoning === "";
        // Thoughts are shown while they are all that there is.
        if (turn.text === "") this.reasoning.open = turn.reasoning !== "";
        const notes = notesOf(turn, this.words);
        this.notes.textContent = notes.join(" ");
        this.notes.hidden = notes.length === 0;
        this.onDrawn();
    }
}

/** What a user should know of how his answer came about. */
export function notesOf(turn: Turn, words: Words): string[] {
    const notes: string[] = [];
    if (turn.history === "partial") notes.push(words.partial);
    if (turn.history === "unknown") notes.push(words.unknown);
    if (turn.degraded) notes.push(words.degraded);
    if (turn.finishReason === "stopped") notes.push(words.stopped);
    if (turn.finishReason === "length") notes.push(words.cut);
    if (turn.state === "closed") notes.push(words.closed);
    return notes;
}

/** A message that is whole. */
export function messageItem(role: "user" | "assistant", content: string, words: Words): HTMLLIElement {
    const item = element("li", role);
    item.append(element("span", "unseen", role === "user" ? words.you : words.model), element("p", "text", content));
    return item;
}

import { newKey, type Chat, type Client, type ConnectionState, type Failure, type Message, type Page, type Turn } from "../client/index";
import { AnswerView, messageItem } from "./log";
import { store, type Pending } from "./store";
import type { Words } from "./words";

/** Where a conversation is shown. */
export interface Screen {
    log: HTMLElement;
    scroll: HTMLElement;
    status: HTMLElement;
    earlier: HTMLButtonElement;
    send: HTMLButtonElement;
    stop: HTMLButtonElement;
}

/** Nearer to the end than this, a reader wants to see what comes. Pixels. */
const NEAR_END = 80;

/** One conversation on the screen: what was said, what is asked, and the answer that is coming. */
export class Conversation {
    private running: Chat | undefined;
    private previous: Page | undefined;

    constructor(
        private readonly client: Client,
        private readonly screen: Screen,
        private readonly words: Words,
        private readonly onLoggedOut: () => void,
    ) {
        this.screen.earlier.onclick = () => void this.earlier();
        this.screen.stop.onclick = () => void this.stop();
        this.idle(true);
    }

    /** Shows what a reload took from the screen, and goes on with the answer that was coming. */
    async restore(): Promise<void> {
        const { sessionId } = store.read();
        const known = sessionId === undefined ? [] : await this.history(sessionId);
        // Where the history cannot be read, the answer that was coming may still be.
        const { token, pending } = store.read();
        if (!token || !pending) return;
        const mine = known.filter(({ id }) => streamIdOf(id) === pending.streamId);
        if (mine.some(({ role }) => role === "assistant")) return store.write({ pending: undefined });
        if (mine.length === 0) this.say(pending.message);
        this.follow(pending);
    }

    private async history(sessionId: string): Promise<Message[]> {
        try {
            const { messages, previous } = await this.client.messages(sessionId);
            this.prepend(messages);
            this.offer(previous);
            return messages;
        } catch (error) {
            this.refused(error as Failure);
            return [];
        }
    }

    /** Sends a message; false while another answer is coming. */
    ask(message: string): boolean {
        if (this.running) return false;
        this.say(message);
        const pending = { key: newKey(), message };
        store.write({ pending });
        this.follow(pending);
        return true;
    }

    /** Forgets it here; it stays at the service. */
    leave(): void {
        this.running?.leave();
        this.running = undefined;
        this.screen.log.replaceChildren();
        this.offer(undefined);
        this.tell("");
        this.idle(true);
    }

    /** The network is back, or the page is looked at again. */
    wake(): void {
        this.running?.wake();
    }

    private follow(pending: Pending): void {
        const view = new AnswerView(this.words, () => this.keepUp());
        this.screen.log.append(view.item);
        this.keepUp(true);
        this.idle(false);
        const listener = {
            onEvent: (_event: unknown, turn: Turn) => {
                if (turn.sessionId !== undefined) store.write({ sessionId: turn.sessionId, pending: { ...pending, streamId: turn.streamId! } });
                view.show(turn);
            },
            onConnection: (state: ConnectionState) => this.connection(state),
        };
        const { sessionId } = store.read();
        const { streamId, key, message } = pending;
        // Of a stream that is known all is read again, for its beginning is not on the screen any more.
        const chat =
            streamId !== undefined
                ? this.client.resume(streamId, undefined, listener)
                : this.client.chat({ message, idempotencyKey: key, ...(sessionId !== undefined && { sessionId }) }, listener);
        this.running = chat;
        void chat.done.then((turn) => this.running === chat && this.ended(turn, view, store.read().pending ?? pending));
    }

    private ended(turn: Turn, view: AnswerView, pending: Pending): void {
        this.running = undefined;
        this.tell("");
        this.idle(true);
        const failure = turn.error;
        if (failure?.status === 401) {
            view.item.remove();
            return this.refused(failure);
        }
        const retry = (pending: Pending, label: string) => ({
            label,
            act: () => {
                view.item.remove();
                store.write({ pending });
                this.follow(pending);
            },
        });
        if (turn.state === "closed") return view.end(turn, retry(pending, this.words.takeBack));
        store.write({ pending: undefined });
        if (failure) this.forget(failure.code);
        if (!failure?.retryable) return view.end(turn);
        // A turn that failed is over: to try again is a new question. One whose end was not heard is asked for again, with its
        // own key: after a refusal as well, for an earlier attempt may have been received.
        const unheard = failure.status !== undefined || ["connection_lost", "answer_malformed"].includes(failure.code);
        const again = unheard ? pending : { key: newKey(), message: pending.message };
        view.end(turn, retry(again, this.words.again));
    }

    private async stop(): Promise<void> {
        this.screen.stop.disabled = true;
        try {
            await this.running?.stop();
        } catch (error) {
            this.refused(error as Failure);
        }
    }

    private async earlier(): Promise<void> {
        const { sessionId } = store.read();
        this.screen.earlier.disabled = true;
        try {
            const { messages, previous } = await this.client.messages(sessionId!, this.previous);
            const { scroll } = this.screen;
            const fromEnd = scroll.scrollHeight - scroll.scrollTop;
            this.prepend(messages);
            this.offer(previous);
            scroll.scrollTop = scroll.scrollHeight - fromEnd;
        } catch (error) {
            this.refused(error as Failure);
        }
        this.screen.earlier.disabled = false;
    }

    private refused({ code, message, status }: Failure): void {
        if (status === 401) return this.onLoggedOut();
        this.forget(code);
        this.tell(`${this.words.failed(message)} (${code})`);
    }

    /** A session that is not there, or takes no more, is not asked for again: the next message begins a new one. */
    private forget(code: string): void {
        if (code === "session_not_found" || code === "session_full") store.write({ sessionId: undefined, pending: undefined });
    }

    private connection(state: ConnectionState): void {
        if (state.state === "open") this.tell("");
        else if (!navigator.onLine) this.tell(this.words.offline);
        else if (state.state === "connecting") this.tell(this.words.connecting);
        else this.tell(this.words.waiting(Math.ceil(state.inMs / 1000)));
    }

    private say(message: string): void {
        this.screen.log.append(messageItem("user", message, this.words));
        this.keepUp(true);
    }

    private prepend(messages: { role: "user" | "assistant"; content: string }[]): void {
        this.screen.log.prepend(...messages.map(({ role, content }) => messageItem(role, content, this.words)));
        if (this.previous === undefined) this.keepUp(true);
    }

    private offer(previous: Page | undefined): void {
        this.previous = previous;
        this.screen.earlier.hidden = previous === undefined;
    }

    private idle(idle: boolean): void {
        this.screen.send.hidden = !idle;
        this.screen.stop.hidden = idle;
        this.screen.stop.disabled = false;
    }

    private tell(text: string): void {
        this.screen.status.textContent = text;
    }

    /** Follows the text down, unless the reader went up to read. */
    private keepUp(always = false): void {
        const { scroll } = this.screen;
        if (always || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END + 40) scroll.scrollTop = scroll.scrollHeight;
    }
}

const streamIdOf = (messageId: string): string => `s_${messageId.replace(/-/g, "")}`;

import { StreamError } from "../errors/errors";
import { Characters } from "./characters";
import { laterUsage, type Chunk } from "./chunk";
import { NoText } from "./failure";
import type { Finish } from "./finish";
import { Thoughts } from "./thoughts";
import type { Piece, Usage } from "./upstream";

/** What a service said at the end. */
export interface End {
    finishReason: string;
    usage: Usage | undefined;
}

/** DeepSeek's word for a model that was taken away in the middle. */
const INTERRUPTED = "insufficient_system_resource";

/** An answer as its chunks make it, whatever order a service puts them in. */
export class AnswerText {
    /** Something was told: a thought or text. */
    begun = false;
    /** Text was told. */
    spoken = false;
    private finishReason: string | undefined;
    private usage: Usage | undefined;
    private chunks = 0;
    /** The only chunk is a message, not a delta. */
    private single = false;
    /** UTF-16 units of text that came. */
    private chars = 0;
    private readonly text = new Characters();
    private readonly reasoning = new Characters();
    private readonly thoughts = new Thoughts((type, text) => this.tell(type, text));

    /** @param onPiece told each piece, synchronously; what it throws comes out of `add` and `end` */
    constructor(private readonly onPiece: (piece: Piece) => void) {}

    /** A finish reason came. It ends the text only if text came before it and none after it. */
    get finished(): boolean {
        return this.finishReason !== undefined;
    }

    /**
     * @returns whether more text may come although a finish reason did
     * @throws StreamError when the service broke the answer off
     */
    add(chunk: Chunk): boolean {
        const early = !this.spoken;
        const late = this.finished && chunk.text !== "";
        this.chunks += 1;
        this.single = chunk.message && this.chunks === 1;
        if (chunk.whole) this.say({ text: chunk.text.slice(this.chars), reasoning: this.begun ? "" : chunk.reasoning });
        else this.say(chunk);
        if (chunk.usage) this.usage = laterUsage(this.usage, chunk.usage);
        if (chunk.finish) this.finish(chunk.finish);
        return early || late;
    }

    /**
     * No more chunks come.
     * @param over the body is over, so a document that is alone in it is complete
     * @throws StreamError when this is no answer
     */
    end(over: boolean): End {
        this.thoughts.end();
        if (over && this.single) this.finishReason ??= "stop";
        if (this.finishReason === undefined) throw new StreamError("upstream_cut");
        if (this.spoken) return { finishReason: this.finishReason, usage: this.usage };
        if (this.finishReason === "content_filter") throw new StreamError("content_refused", { cause: this.finishReason });
        throw new NoText(this.finishReason);
    }

    private say({ text, reasoning }: Pick<Chunk, "text" | "reasoning">): void {
        if (reasoning !== "") this.tell("reasoning", this.reasoning.whole(reasoning));
        if (text === "") return;
        this.chars += text.length;
        const whole = this.text.whole(text);
        if (whole !== "") this.thoughts.add(whole);
    }

    private finish(finish: Finish): void {
        if ("reason" in finish) this.finishReason = finish.reason;
        else {
            const before = finish.failed === INTERRUPTED ? "upstream_busy" : "upstream_failed";
            throw new StreamError(this.begun ? "upstream_cut" : before, { cause: finish.failed });
        }
    }

    private tell(type: Piece["type"], text: string): void {
        if (text === "") return;
        this.begun = true;
        if (type === "delta") this.spoken = true;
        this.onPiece({ type, text });
    }
}

import { createHmac } from "node:crypto";
import { createSigner } from "fast-jwt";
import { ask } from "./ask";
import { readObject } from "./json";

/** No user: no login gives this name, so nothing of anybody's is touched. */
const CHECKER = "antipode-check";
/** WeChat knows no such code: that it says so is the proof that it was asked. */
const NO_CODE = "antipode-check";
const MESSAGE = "Say: ok";

/**
 * What a version is there for, done once: a login as far as it can go without a person, and a chat to its last event.
 */
export class CoreCheck {
    private readonly signers: ((payload: object) => string)[];
    private session: string | undefined;

    /** @param keys of the users' tokens, the newest first: a version that was made before that one knows the one before */
    constructor(keys: (string | undefined)[]) {
        this.signers = keys.flatMap((key) => {
            if (!key) return [];
            const kid = createHmac("sha256", key).update("antipode: the name of a key").digest("hex").slice(0, 8);
            return [createSigner({ key, kid, algorithm: "HS256", expiresIn: 10 * 60_000 })];
        });
    }

    /** Settles when the instance did it; rejects with an Error that says what it did instead. */
    async run(address: string): Promise<void> {
        await this.login(address);
        await this.chat(address);
    }

    private async login(address: string): Promise<void> {
        const { status, body } = await post(address, "/api/auth/login", { code: NO_CODE });
        const { code } = readObject(body);
        if (status !== 401 || code !== "login_code_invalid") throw new Error(`a login with a code that is none was answered with ${status} ${String(code ?? "")}`.trimEnd());
    }

    private async chat(address: string): Promise<void> {
        let [status, body] = [401, ""];
        for (const sign of this.signers) {
            if (status === 401) ({ status, body } = await post(address, "/api/chat", { message: MESSAGE, sessionId: this.session }, sign({ sub: CHECKER })));
        }
        if (status !== 200) {
            // The session is full, or is no more.
            this.session = undefined;
            throw new Error(`a chat was answered with ${status} ${String(readObject(body).code ?? "")}`.trimEnd());
        }
        const events = body.split("\n\n").flatMap((block) => /^data: (\{.*\})$/m.exec(block)?.[1] ?? []).map(readObject);
        const last = events.at(-1);
        this.session = (events.find(({ type }) => type === "start")?.sessionId as string | undefined) ?? this.session;
        if (last?.type !== "done") throw new Error(last?.type === "error" ? `a chat ended with the error ${String(last.code)}` : "a chat broke off before its last event");
        if (!events.some(({ type }) => type === "delta")) throw new Error("a chat had no word in it");
    }
}

const post = (address: string, path: string, body: object, token?: string) =>
    ask(address, { method: "POST", path, body: JSON.stringify(body), headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) }, name: path });

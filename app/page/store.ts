/** A question that has no end yet. With its key it is the same question after a reload, also when no answer had come. */
export interface Pending {
    key: string;
    message: string;
    streamId?: string;
}

export interface Kept {
    token?: string;
    /** A tester's proof, of the same user. */
    tester?: string;
    sessionId?: string;
    pending?: Pending;
}

const NAME = "antipode";

/** What a tab remembers until it is closed. Nothing else of a conversation stays in the browser. */
export const store = {
    read(): Kept {
        try {
            return JSON.parse(sessionStorage.getItem(NAME) ?? "{}") as Kept;
        } catch {
            return {};
        }
    },

    write(change: Kept): void {
        sessionStorage.setItem(NAME, JSON.stringify({ ...this.read(), ...change }));
    },

    clear(): void {
        sessionStorage.removeItem(NAME);
    },
};

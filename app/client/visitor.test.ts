import { describe, expect, it, vi } from "vitest";
import { createClient, wxStorage, type ClientOptions, type HttpRequest } from "./index";
import { visitorId, type DeviceStorage } from "./visitor";

const ID = /^[0-9A-Za-z_-]{16,64}$/;

/** A page's storage with this in it. */
function storageOf(kept: Record<string, string> = {}): DeviceStorage & { kept: Record<string, string> } {
    return { kept, getItem: (name) => kept[name] ?? null, setItem: (name, text) => void (kept[name] = text) };
}

const refusing: DeviceStorage = {
    getItem: () => {
        throw new Error("SecurityError");
    },
    setItem: () => {
        throw new Error("QuotaExceededError");
    },
};

describe("which visitor a device is", () => {
    it("is made once, and kept", () => {
        const storage = storageOf();
        const id = visitorId(storage);
        expect(id).toMatch(ID);
        expect([storage.kept, visitorId(storage)]).toEqual([{ "antipode-visitor": id }, id]);
        expect(visitorId(storageOf())).not.toBe(id);
    });

    it.each(["", "too-short", "x".repeat(65), "with a blank in it", '"; quoted; and long'])("is made anew in place of %j, which no gateway takes", (text) => {
        const storage = storageOf({ "antipode-visitor": text });
        expect(visitorId(storage)).toMatch(ID);
        expect(storage.kept["antipode-visitor"]).toMatch(ID);
    });

    it("is another one for each client that may keep nothing", () => {
        for (const storage of [undefined, refusing]) expect(visitorId(storage)).toMatch(ID);
        expect(visitorId(refusing)).not.toBe(visitorId(refusing));
    });

    it("needs no crypto, which an old phone's mini-programs do not have", () => {
        vi.stubGlobal("crypto", undefined);
        const chance = vi.spyOn(Math, "random").mockReturnValue(0.5);
        expect(visitorId(undefined)).toMatch(ID);
        chance.mockRestore();
        vi.unstubAllGlobals();
    });

    it("is kept in a mini-program's storage, which says \"\" of what is not there", () => {
        const kept = new Map<string, unknown>();
        const wx = { getStorageSync: (key: string) => kept.get(key) ?? "", setStorageSync: (key: string, data: string) => void kept.set(key, data) };
        const id = visitorId(wxStorage(wx));
        expect([id, visitorId(wxStorage(wx))]).toEqual([expect.stringMatching(ID), kept.get("antipode-visitor")]);
        kept.set("antipode-visitor", { not: "a text" });
        expect(visitorId(wxStorage(wx))).toMatch(ID);
    });
});

describe("what a client tells the gateway", () => {
    /** The headers of a request to log in and of one after it; this is the proof that the login gives. */
    async function told(options: Partial<ClientOptions>, testerProof?: string): Promise<(string | undefined)[][]> {
        const asked: HttpRequest[] = [];
        const client = createClient({
            baseUrl: "https://api.yourapp.com",
            ...options,
            transport: (request, listener) => {
                asked.push(request);
                setImmediate(() => {
                    listener.onHead({ status: 200, header: () => undefined });
                    listener.onBytes(new TextEncoder().encode(JSON.stringify({ token: "t", user: { id: "u" }, testerProof, messages: [] })));
                    listener.onEnd();
                });
                return () => {};
            },
        });
        await client.login("code");
        await client.messages("one");
        return asked.map(({ headers }) => [headers["x-antipode-visitor"], headers["x-antipode-tester"]]);
    }
    const proof = "5e".repeat(16);
    const id = "0123456789abcdef";

    it("is which visitor it is, and from the login on his proof", async () => {
        expect(await told({ storage: storageOf({ "antipode-visitor": id }) }, proof)).toEqual([[id, undefined], [id, proof]]);
        const [first, second] = await told({});
        expect(first).toEqual([expect.stringMatching(ID), undefined]);
        expect(second).toEqual(first);
    });

    it("is a link's proof rather than that of the login", async () => {
        expect((await told({ tester: "a1".repeat(16) }, proof)).map(([, tester]) => tester)).toEqual(["a1".repeat(16), "a1".repeat(16)]);
    });

    it("is no visitor where the service's own page asks: the gateway's cookie says it, of the page as well", async () => {
        expect(await told({ baseUrl: "" }, proof)).toEqual([[undefined, undefined], [undefined, proof]]);
    });
});

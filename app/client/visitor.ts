import { newKey } from "./key";

/** What keeps a text on this device: `localStorage`, or `wxStorage(wx)` in a mini-program. */
export interface DeviceStorage {
    getItem(name: string): string | null;
    setItem(name: string, text: string): void;
}

const NAME = "antipode-visitor";
/** As the gateway takes it. */
const ID = /^[0-9A-Za-z_-]{16,64}$/;

/**
 * Which visitor this device is, by chance, once: while a new version of the service comes to some visitors first, it
 * keeps him at one of the two. It says nothing of who he is. Without a storage, or where it fails, it is good for this client.
 */
export function visitorId(storage: DeviceStorage | undefined): string {
    try {
        const kept = storage?.getItem(NAME);
        if (typeof kept === "string" && ID.test(kept)) return kept;
    } catch {
        // A browser may refuse a page its storage.
    }
    const made = newKey();
    try {
        storage?.setItem(NAME, made);
    } catch {
        // Full, or refused.
    }
    return made;
}

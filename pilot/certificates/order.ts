import "../process/connect";
import * as acme from "acme-client";
import type { Store } from "./store";

acme.axios.defaults.timeout = 30_000;
// Its own retries sleep for as long as an authority says, for hours and without a word; the keeper has a back-off that tells.
Object.assign(acme.axios.defaults, { acmeSettings: { ...(acme.axios.defaults as { acmeSettings?: object }).acmeSettings, retryMaxAttempts: 0 } });

export interface Order {
    name: string;
    /** Address of the ACME directory. */
    directory: string;
    email?: string;
}

/**
 * One certificate for one name, proved over HTTP-01.
 *
 * @param canceled nothing is asked of the authority, nor laid out for it, after it is aborted
 * @returns key and chain as one PEM text.
 * @throws Error with the authority's own words.
 */
export async function order({ name, directory, email }: Order, store: Store, canceled: AbortSignal): Promise<string> {
    const accountKey = await store.accountKey(new URL(directory).host, async () => (await acme.crypto.createPrivateEcdsaKey("P-256")).toString());
    const client = new acme.Client({ directoryUrl: directory, accountKey, backoffMin: 1000, backoffMax: 10_000, backoffAttempts: 30 });
    cancelWith(client, canceled);
    await register(client, email);
    const [key, csr] = await acme.crypto.createCsr({ altNames: [name] }, await acme.crypto.createPrivateEcdsaKey("P-256"));
    const takeAway = new Map<string, () => Promise<void>>();
    const chain = await client.auto({
        csr,
        challengePriority: ["http-01"],
        // Checked before, by a probe that may also come in through a peer.
        skipChallengeVerification: true,
        challengeCreateFn: async (_, { token }, answer) => {
            canceled.throwIfAborted();
            takeAway.set(token, await store.challenge(token, answer));
        },
        challengeRemoveFn: async (_, { token }) => takeAway.get(token)?.(),
    });
    return `${key.toString().trim()}\n${chain.trim()}\n`;
}

/** acme-client takes no signal, and the requests that it makes do. */
function cancelWith(client: acme.Client, signal: AbortSignal): void {
    const { http } = client as unknown as { http: { request(url: string, method: string, options?: object): Promise<unknown> } };
    const request = http.request.bind(http);
    http.request = async (url, method, options) => {
        signal.throwIfAborted();
        // The library's own handler of failures stumbles over one that has no answer.
        return request(url, method, { ...options, signal }).catch((thrown) => Promise.reject(signal.aborted ? signal.reason : thrown));
    };
}

/** Asked anew for each order: a test authority that was started anew knows no account of before. */
async function register(client: acme.Client, email?: string): Promise<void> {
    try {
        await client.createAccount({ termsOfServiceAgreed: true, ...(email !== undefined && { contact: [`mailto:${email}`] }) });
    } catch (thrown) {
        // For a known account acme-client 5.4 goes on to an update, which is refused when it changes nothing.
        if (!hasAccount(client)) throw thrown;
    }
}

function hasAccount(client: acme.Client): boolean {
    try {
        return client.getAccountUrl() !== "";
    } catch {
        return false;
    }
}

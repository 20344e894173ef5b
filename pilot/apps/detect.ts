import { any, isMetrics } from "./any";
import { chat, isChatHealth, isChatMetrics } from "./chat";
import { type Contract, type Declared, publicHealth, usualMetrics } from "./contract";

export interface Page {
    status: number;
    text: string;
}
/** Rejects if there is no answer. */
export type GetPage = (url: string) => Promise<Page>;

/**
 * Finds out what the settings of a version leave open, by asking an instance; or tells why it can't yet. An instance that
 * answers 200 at its health path has all that it will have: a source that it lacks then is not waited for.
 * @param address `address:port`
 */
export async function detect(declared: Declared, address: string, getPage: GetPage): Promise<Contract | string> {
    const [host, port] = address.split(":") as [string, string];
    const ask = (path: string, at: string | number = port) => getPage(`http://${host}:${at}${path}`).catch((error: Error) => error);
    let usual: Page | Error | undefined;
    let candidate: Page | Error | undefined;
    if (declared.preset === undefined) {
        candidate = await ask(publicHealth);
        // The bundled app answers it at once, or is not there yet. An app of one's own may let an unknown path hang.
        if (candidate instanceof Error && candidate.name !== "TimeoutError") return `GET ${publicHealth}: ${candidate.message}`;
        usual = await ask(usualMetrics.path, usualMetrics.port);
        if (isChatHealth(candidate instanceof Error ? "" : candidate.text) || isChatMetrics(textOf(usual))) return { ...chat, ...declared };
    }
    const first = declared.health ?? any.health;
    let health = first;
    let answer = await ask(health);
    if (declared.health === undefined && statusOf(answer) === 404 && statusOf(candidate) === 200) [health, answer] = [publicHealth, candidate as Page];
    if (answer instanceof Error) return `GET ${health}: ${answer.message}`;
    if (answer.status !== 200) return `GET ${health} is answered with ${answer.status}`;
    return { ...any, ...declared, preset: "any", health, metrics: declared.metrics ?? (await findMetrics()) };

    async function findMetrics(): Promise<Contract["metrics"]> {
        if (isMetrics(textOf(usual ?? (await ask(usualMetrics.path, usualMetrics.port))))) return usualMetrics;
        return isMetrics(textOf(await ask(usualMetrics.path))) ? { ...usualMetrics, port: Number(port) } : "none";
    }
}

const statusOf = (page: Page | Error | undefined): number | undefined => (page === undefined || page instanceof Error ? undefined : page.status);

/** Of a good answer; of anything else nothing. */
const textOf = (page: Page | Error): string => (statusOf(page) === 200 ? (page as Page).text : "");

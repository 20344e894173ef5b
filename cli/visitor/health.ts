import { Fault } from "../../errors/fault";
import { apiHost } from "../../infra/names";
import type { Progress } from "../progress";
import { regions, type Region } from "../stack/names";
import { until } from "../wait";
import { visitQuietly } from "./visit";

/** What `/api/health` says, as far as it is read. */
export interface Health { status: string; region: string; degraded?: boolean; version?: string }

/** First certificates came after 7 s, and a health monitor may need two rounds of 15 s before it trusts a pool. */
const answerDeadlineMs = 180_000;
const requestSeconds = 5;

/** Asks a health page as a visitor, its certificate verified. Gives the answer, or why there was none. */
export async function askHealth(place: string, host: string, headers: Record<string, string> = {}): Promise<Health | string> {
    const said = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
    const words = ["curl", "-sS", "--max-time", String(requestSeconds), ...said, `https://${host}/api/health`];
    const { code, stdout, stderr } = await visitQuietly(place, words);
    return code === 0 ? readHealth(stdout) : stderr.trim();
}

/** The same from where this command runs, of a region on real clouds. */
export async function askHealthDirectly(host: string, headers: Record<string, string> = {}): Promise<Health | string> {
    try {
        // 503 is an answer too: it says how the region is.
        return readHealth(await (await fetch(`https://${host}/api/health`, { headers, signal: AbortSignal.timeout(requestSeconds * 1000) })).text());
    } catch (error) {
        const { message, cause } = error as Error;
        return cause instanceof Error ? `${message}: ${cause.message}` : message;
    }
}

/** How a region is, in a word: it serves and yet is `degraded` while it goes on without its database. */
export function condition({ status, degraded }: Health): string {
    return status === "healthy" && degraded ? "degraded" : status;
}

/** A health page's text as its value; for anything else, the beginning of what came instead. */
export function readHealth(text: string): Health | string {
    try {
        const health = JSON.parse(text) as Health;
        if (typeof health.status === "string" && typeof health.region === "string") return health;
    } catch {
        // What is no JSON is told as it came.
    }
    return `it answers ${JSON.stringify(text.slice(0, 80))}`;
}

/**
 * Waits until the API answers visitors on both sides of the world, each from his own region where that one stands.
 * Throws API_SILENT.
 */
export async function waitForApi(domain: string, standing: readonly Region[], progress: Progress): Promise<void> {
    const host = apiHost(domain);
    await progress.during(`https://${host} for visitors`, async (step) => {
        const answers: string[] = [];
        for (const place of regions) {
            const atHome = (health: Health) => !standing.includes(place) || health.region === place.toUpperCase();
            let last = "";
            const health = await until(async () => {
                const answer = await askHealth(place, host);
                if (typeof answer !== "string" && condition(answer) === "healthy" && atHome(answer)) return answer;
                last = typeof answer === "string" ? answer : `answered by ${answer.region}, which is ${condition(answer)}`;
                step.note(`${place}: ${last}`);
                return undefined;
            }, answerDeadlineMs, 500);
            if (!health) throw new Fault("API_SILENT", { host, place, seconds: answerDeadlineMs / 1000, last });
            answers.push(`${place} is served from ${health.region}`);
        }
        return answers.join(", ");
    }, (answers) => answers);
}

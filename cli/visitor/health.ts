import { Fault } from "../../errors/fault";
import { apiHost } from "../../infra/names";
import { regionHeader, versionHeader } from "../../pilot/gateway/health";
import type { Progress } from "../progress";
import { regions, type Region } from "../stack/names";
import { until } from "../wait";
import { askServing, faultOf, Lasting } from "./cause";
import { visitQuietly } from "./visit";

/** What `/api/health` says, as far as it is read. */
export interface Health { status: string; region: string; degraded?: boolean; version?: string }

/** First certificates came after 7 s, and a health monitor may need two rounds of 15 s before it trusts a pool. */
const answerDeadlineMs = 180_000;
const requestSeconds = 5;

/** Asks a health page as a visitor, its certificate verified. Gives the answer, or why there was none. */
export async function askHealth(place: string, host: string, headers: Record<string, string> = {}): Promise<Health | string> {
    const said = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
    const words = ["curl", "-sSi", "--max-time", String(requestSeconds), ...said, `https://${host}/api/health`];
    const { code, stdout, stderr } = await visitQuietly(place, words);
    return code === 0 ? readShown(stdout) : stderr.trim();
}

/** The same from where this command runs, of a region on real clouds. */
export async function askHealthDirectly(host: string, headers: Record<string, string> = {}): Promise<Health | string> {
    try {
        // 503 is an answer too: it says how the region is.
        const reply = await fetch(`https://${host}/api/health`, { headers, signal: AbortSignal.timeout(requestSeconds * 1000) });
        return readHealth(await reply.text(), saidBy(reply.status, reply.headers));
    } catch (error) {
        const { message, cause } = error as Error;
        return cause instanceof Error ? `${message}: ${cause.message}` : message;
    }
}

/** How a region is, in a word: it serves and yet is `degraded` while it goes on without its database. */
export function condition({ status, degraded }: Health): string {
    return status === "healthy" && degraded ? "degraded" : status;
}

/** What the gateway says of an answer (pilot/gateway/health.ts). An older gateway says nothing. */
interface Said { status: number; region?: string; version?: string }

const saidBy = (status: number, headers: Headers): Said => ({ status, region: headers.get(regionHeader) ?? undefined, version: headers.get(versionHeader) ?? undefined });

/** What `curl -i` shows of a health page. */
export function readShown(shown: string): Health | string {
    const [head = "", ...rest] = shown.split("\r\n\r\n");
    const [first = "", ...lines] = head.split("\r\n");
    const headers = new Headers(lines.map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
    return readHealth(rest.join("\r\n\r\n"), saidBy(Number(first.split(" ")[1]), headers));
}

/**
 * A health page as its value: the bundled app's own, else what the gateway says of the answer. For anything else, the
 * beginning of the text.
 */
export function readHealth(text: string, { status, region, version }: Partial<Said> = {}): Health | string {
    const own = ownHealth(text);
    if (own && (region === undefined || typeof own.database === "string")) return own;
    if (region === undefined) return `it answers ${JSON.stringify(text.slice(0, 80))}`;
    return { status: status === 200 ? "healthy" : "unhealthy", region: region.toUpperCase(), ...(version && { version }) };
}

function ownHealth(text: string): (Health & { database?: unknown }) | undefined {
    try {
        const health = JSON.parse(text) as Health;
        return typeof health.status === "string" && typeof health.region === "string" ? health : undefined;
    } catch {
        // An app of one's own answers with any text.
        return undefined;
    }
}

/**
 * Waits until the API answers visitors on both sides of the world, each from his own region where that one stands.
 * Throws API_SILENT, or what a region's pilot says is the cause.
 */
export async function waitForApi(domain: string, standing: readonly Region[], progress: Progress): Promise<void> {
    const host = apiHost(domain);
    await progress.during(`https://${host} for visitors`, async (step) => {
        const answers: string[] = [];
        for (const place of regions) {
            const atHome = (health: Health) => !standing.includes(place) || health.region === place.toUpperCase();
            const region = standing.includes(place) ? place : standing[0];
            const lasting = region && new Lasting(region);
            let last = "";
            const health = await until(async () => {
                const answer = await askHealth(place, host);
                if (typeof answer !== "string" && condition(answer) === "healthy" && atHome(answer)) return answer;
                last = typeof answer === "string" ? answer : `answered by ${answer.region}, which is ${condition(answer)}`;
                step.note(`${place}: ${last}`);
                await lasting?.check();
                return undefined;
            }, answerDeadlineMs, 500);
            const silent = { host, place, seconds: answerDeadlineMs / 1000, last };
            if (!health) throw region ? faultOf(region, await askServing(region), silent) : new Fault("API_SILENT", silent);
            answers.push(`${place} is served from ${health.region}`);
        }
        return answers.join(", ");
    }, (answers) => answers);
}

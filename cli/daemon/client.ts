import { request } from "node:http";
import { Fault } from "../../errors/fault";
import { heard, type Told } from "../../errors/told";
import { home } from "../../pocket/home";
import { interruption } from "../interruption";
import type { Settings } from "../stack/config";
import type { Stack } from "../stack/names";

/** What the daemon says of the pocket cloud. */
export interface PocketStatus {
    ready: boolean;
    /** What it is doing, for people. */
    phase: string;
    /** Set when it could not come up. */
    failure?: Told;
    /** Where the providers answer: "aws:PORT,cloudflare:PORT,…". */
    attach: string;
    domain: string;
    /** What an owner would set for each stack, among it the generated secrets. */
    settings: Record<Stack, Settings>;
    /** Variables with which the clouds' own tools log in. */
    credentials: Record<string, string>;
    edge?: Edge;
}

/** The DNS service as it stands. */
export interface Edge { name: string; pools: { name: string; healthy: boolean }[]; steering: unknown }

/** Asks the daemon; undefined when none listens. Throws the daemon's own fault, or POCKET_REFUSED for what else it refuses. */
export async function ask<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T | undefined> {
    const answer = await send(method, path, body);
    if (!answer) return undefined;
    if (answer.status >= 400) throw heard(JSON.parse(answer.text) as Told, "POCKET_REFUSED", (error) => ({ request: `${method} ${path}`, answer: error }));
    return (answer.text ? JSON.parse(answer.text) : {}) as T;
}

/** Like `ask`, where a pocket cloud must be up. Throws POCKET_NOT_UP. */
export async function tell<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
    const answer = await ask<T>(method, path, body);
    if (answer === undefined) throw new Fault("POCKET_NOT_UP");
    return answer;
}

export const pocketStatus = () => ask<PocketStatus>("GET", "/status");

function send(method: string, path: string, body: unknown): Promise<{ status: number; text: string } | undefined> {
    return new Promise((resolve, reject) => {
        const headers = { "content-type": "application/json" };
        const call = request({ socketPath: home.socket, method, path, headers, signal: interruption }, (response) => {
            let text = "";
            response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
            response.once("end", () => resolve({ status: response.statusCode ?? 500, text }));
            response.once("error", reject);
        });
        call.once("error", (error: NodeJS.ErrnoException) => {
            if (interruption.aborted) reject(interruption.reason);
            else if (["ENOENT", "ECONNREFUSED", "ECONNRESET"].includes(error.code ?? "")) resolve(undefined);
            else reject(error);
        });
        call.end(body === undefined ? undefined : JSON.stringify(body));
    });
}


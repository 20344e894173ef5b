import { spawn } from "node:child_process";
import { join } from "node:path";
import { home } from "../pocket/home";
import { eventReader, type StreamEvent } from "./events";
import { api } from "./pocket";

/** One event of a stream, with its time of arrival in milliseconds. */
export interface Event extends StreamEvent { at: number }

export interface Asked {
    /** Below `api.`, or a whole URL. */
    url?: string;
    token: string;
    body?: object;
    headers?: Record<string, string>;
    /** The visitor's connection is cut as soon as this is true of what came. */
    cutWhen?: (events: Event[]) => boolean;
}

/** A stream as a visitor of a place gets it, to its end or until he is cut off. Rejects when there is none. */
export function stream(place: string, { url = "/api/chat", token, body, headers = {}, cutWhen }: Asked): Promise<Event[]> {
    const all = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }), ...headers };
    const words = ["curl", "-sSNf", ...Object.entries(all).flatMap(([name, value]) => ["-H", `${name}: ${value}`]), ...(body ? ["-d", JSON.stringify(body)] : []), new URL(url, api).href];
    const child = spawn("ip", ["netns", "exec", `ap-visit-${place}`, ...words], { env: { ...process.env, CURL_CA_BUNDLE: join(home.ca, "bundle.pem") } });
    const events: Event[] = [];
    const read = eventReader();
    let cut = false, complaint = "";
    return new Promise((resolve, reject) => {
        child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
            for (const event of read(chunk)) {
                if (cut) return;
                events.push({ ...event, at: performance.now() });
                cut = cutWhen?.(events) === true;
                if (cut) child.kill("SIGKILL");
            }
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
        child.once("error", reject);
        child.once("close", (code) => (code === 0 || cut ? resolve(events) : reject(new Error(`curl ended with ${code}: ${complaint.trim()}`))));
    });
}

/** The text that the deltas of a stream come to. */
export function textOf(events: Event[]): string {
    return events.filter(({ event }) => event === "delta").map(({ data }) => (JSON.parse(data) as { delta: string }).delta).join("");
}

/** The first event of a type, as its value. */
export function valueOf<T = Record<string, any>>(events: Event[], type: string): T {
    const found = events.find(({ event }) => event === type);
    if (!found) throw new Error(`no ${type} among ${events.map(({ event }) => event ?? "no event").join(", ")}`);
    return JSON.parse(found.data) as T;
}

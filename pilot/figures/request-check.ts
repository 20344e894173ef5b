import type { Check } from "../apps/contract";
import { ask } from "./ask";

/** Sends the request of an app's own check. Rejects with an Error that says how the answer differs from the good one. */
export async function checkRequest(address: string, { method, path, body, status, text }: Check): Promise<void> {
    const name = `${method} ${path}`;
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": isJson(body) ? "application/json" : "text/plain; charset=utf-8" };
    const answer = await ask(address, { method, path, body, headers, name });
    if (answer.status !== status) throw new Error(`${name} is answered with ${answer.status} instead of ${status}`);
    if (text !== undefined && !answer.body.includes(text)) throw new Error(`the answer to ${name} does not contain ${JSON.stringify(text)}`);
}

function isJson(body: string): boolean {
    try {
        const value: unknown = JSON.parse(body);
        return typeof value === "object" && value !== null;
    } catch {
        return false;
    }
}

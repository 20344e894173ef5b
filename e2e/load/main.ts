/**
 * Visitors in the network of the place that this runs in, who never stop. Words: the place, how many, how many requests they
 * make a second together, the origin. Says `ready` on stdout when they have begun. A line on stdin lets them print, as JSON in a
 * line, what they met since the last one; at its end they let their streams come to an end, and print it once more.
 */
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { Place } from "../../pocket/model";
import { addressesOf } from "./addresses";
import { Visitor } from "./visitor";

const LOGINS_AT_ONCE = 10;

async function login(origin: string, user: string): Promise<string> {
    const { code } = (await (await fetch(`https://api.weixin.qq.com/pocket/login?user=${user}`)).json()) as { code: string };
    const response = await fetch(`${origin}/api/auth/login`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ code }) });
    if (response.status !== 200) throw new Error(`the login of ${user} was answered with ${response.status} ${await response.text()}`);
    return ((await response.json()) as { token: string }).token;
}

async function main(place: Place, count: number, perSecond: number, origin: string): Promise<void> {
    const visitors: Visitor[] = [];
    const addresses = addressesOf(place, count);
    while (visitors.length < count) {
        const first = visitors.length;
        const some = Array.from({ length: Math.min(LOGINS_AT_ONCE, count - first) }, (_, index) => login(origin, `load-${first + index}`));
        visitors.push(...(await Promise.all(some)).map((token, index) => new Visitor(origin, token, first + index, addresses[first + index]!)));
    }
    const stop = new AbortController();
    const tell = () => process.stdout.write(`${JSON.stringify(visitors.map((visitor) => visitor.tell()))}\n`);
    createInterface({ input: process.stdin }).on("line", tell).once("close", () => stop.abort());
    const streams = visitors.map((visitor) => visitor.read(stop.signal));
    const requests = new Set<Promise<void>>();
    process.stdout.write("ready\n");
    const began = performance.now();
    for (let sent = 0; !stop.signal.aborted; sent++) {
        await pause(Math.max(0, began + (sent * 1000) / perSecond - performance.now()));
        const request: Promise<void> = visitors[sent % count]!.ask().finally(() => requests.delete(request));
        requests.add(request);
    }
    await Promise.all([...streams, ...requests]);
    await new Promise((written) => process.stdout.write(`${JSON.stringify(visitors.map((visitor) => visitor.tell()))}\n`, written));
}

const [place, count, perSecond, origin] = process.argv.slice(2);
main(place as Place, Number(count), Number(perSecond), origin!).then(() => process.exit(0), (thrown) => {
    process.stderr.write(`${String(thrown)}\n`);
    process.exit(1);
});

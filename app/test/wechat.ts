import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export const cut = Symbol("cut");
export const silent = Symbol("silent");

/** WeChat's code2session over a real socket: codes are used once, a code of the form `user:x` is the person x's. */
export class ScriptedWeChat {
    /** What comes before anything else, one a request: an answer, or a connection that is broken or left open without one. */
    readonly next: (object | string | typeof cut | typeof silent)[] = [];
    readonly queries: URLSearchParams[] = [];
    private readonly used = new Set<string>();
    private readonly server: Server;

    private constructor() {
        this.server = createServer((request, response) => {
            const { searchParams } = new URL(request.url ?? "/", "http://wechat");
            this.queries.push(searchParams);
            const answer = this.next.shift() ?? this.exchange(searchParams.get("js_code") ?? "");
            if (answer === silent) return;
            if (answer === cut) return void request.socket.destroy();
            response.writeHead(200, { "Content-Type": "text/plain" }).end(typeof answer === "string" ? answer : JSON.stringify(answer));
        });
    }

    static async start(port = 0): Promise<ScriptedWeChat> {
        const wechat = new ScriptedWeChat();
        wechat.server.listen(port, "127.0.0.1");
        await once(wechat.server, "listening");
        return wechat;
    }

    get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    stop(): void {
        this.server.close();
        this.server.closeAllConnections();
    }

    private exchange(code: string): object {
        const [kind, person] = code.split(":");
        if (kind !== "user" || this.used.has(code)) return { errcode: 40029, errmsg: "invalid code, rid: 652d44d0-1d0af18b-5b069232" };
        this.used.add(code);
        return { openid: `oPerson-${person}`, session_key: "c2Vzc2lvbg==" };
    }
}

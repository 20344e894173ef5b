import { readFileSync } from "node:fs";
import { type IncomingMessage, type RequestOptions, request as plainly } from "node:http";
import { request as securely } from "node:https";
import type { Nginx } from "./nginx";

export interface Reply {
    status: number;
    headers: IncomingMessage["headers"];
    body: string;
}

interface Asked extends RequestOptions {
    body?: string;
    /** Called with each piece as it arrives. */
    onPiece?: (piece: string) => void;
}

/** A visitor of a gateway on this machine, who verifies its certificate by the gateway's own trust file. */
export function ask(gateway: Nginx, address: string, { body, onPiece, ...options }: Asked = {}): Promise<Reply> {
    const url = new URL(address);
    const secure = url.protocol === "https:";
    return new Promise((resolve, reject) => {
        const sent = (secure ? securely : plainly)(
            {
                host: "127.0.0.1",
                port: secure ? gateway.layout.httpsPort : gateway.layout.httpPort,
                path: url.pathname + url.search,
                agent: false,
                ...(secure ? { servername: url.hostname, ca: readFileSync(gateway.layout.trust) } : {}),
                ...options,
                headers: { host: url.hostname, ...options.headers },
            },
            (reply) => {
                let text = "";
                reply.setEncoding("utf8").on("data", (piece: string) => {
                    text += piece;
                    onPiece?.(piece);
                });
                reply.on("end", () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: text }));
                reply.on("error", reject);
            },
        );
        sent.on("error", reject);
        sent.end(body);
    });
}

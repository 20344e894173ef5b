import { connect } from "node:net";

/** An answer as it came over the socket. */
export interface RawAnswer {
    status: number;
    /** Names in lower case. */
    headers: Record<string, string>;
    body: string;
}

/** A request as it goes over the socket, with nothing added but what is said here. */
export interface RawRequest {
    method?: string;
    path?: string;
    /** A list where a name comes more than once. `undefined` leaves out what would be there. */
    headers?: Record<string, string | undefined> | [string, string][];
    body?: string | Buffer;
}

/** The bytes of a request. */
export function bytesOf({ method = "GET", path = "/", headers = {}, body = "" }: RawRequest): Buffer {
    const length = Buffer.byteLength(body);
    const given = Array.isArray(headers) ? headers : Object.entries(headers);
    const names = new Set(given.map(([name]) => name.toLowerCase()));
    const usual = [["Host", "antipode"], ["Connection", "close"], ...(method === "GET" ? [] : [["Content-Length", String(length)]])].filter(([name]) => !names.has(name!.toLowerCase()));
    const lines = [...usual, ...given.filter(([, value]) => value !== undefined)].map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"), Buffer.from(body as string)]);
}

/**
 * Sends bytes as they are and reads until the other side closes.
 * @param finish closes this side behind them, as one does who breaks off
 */
export async function sendRaw(port: number, bytes: Buffer | string, finish = false): Promise<RawAnswer> {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => (finish ? socket.end(bytes) : socket.write(bytes)));
    const parts: Buffer[] = [];
    await new Promise<void>((resolve) => {
        socket.on("data", (part) => parts.push(part));
        socket.on("close", () => resolve());
        // A reset after the answer is a close as well; before it, the answer is missing.
        socket.on("error", () => undefined);
    });
    const [head = "", ...rest] = Buffer.concat(parts).toString("utf8").split("\r\n\r\n");
    const [status = "", ...lines] = head.split("\r\n");
    const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]));
    const body = rest.join("\r\n\r\n");
    return { status: Number(status.split(" ")[1] ?? 0), headers, body: headers["transfer-encoding"] === "chunked" ? unchunked(body) : body };
}

function unchunked(body: string): string {
    return body.split("\r\n").filter((_line, index) => index % 2 === 1).join("");
}

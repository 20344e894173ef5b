import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { HttpError, type HttpErrorCode } from "../errors/errors";
import { always } from "./headers";

/** How long who sent too much may take to read why he is refused. */
const LINGER_MS = 1_000;

/** What Node's own parser refuses before there is a request. */
const ofParser: Record<string, HttpErrorCode> = {
    ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
    HPE_HEADER_OVERFLOW: "headers_too_large",
    HPE_CHUNK_EXTENSIONS_OVERFLOW: "body_too_large",
};

/**
 * Answers on a connection that does not speak HTTP, as `{code, message}` like everything else. Never repeats or logs what
 * came: it may hold a token.
 */
export function answerBroken(failure: Error & { code?: string }, socket: Socket): void {
    // Node's own way to tell whether an answer has begun on this connection: then more words would become a part of it.
    const current = (socket as Socket & { _httpMessage?: ServerResponse })._httpMessage;
    if (socket.writableEnded) return;
    if (failure.code === "ECONNRESET" || !socket.writable || current?.headersSent) return void socket.destroy();
    const { status, code, message } = new HttpError(ofParser[failure.code ?? ""] ?? "malformed_http");
    const body = JSON.stringify({ code, message });
    const headers = { ...always, "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(body), Connection: "close" };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    // Not destroyed at once: what of the request is still unread would reset the connection, and the answer with it.
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once("close", () => clearTimeout(timer));
}

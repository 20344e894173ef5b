import { beforeEach, describe, expect, it } from "vitest";
import { LogReader } from "./log-reader";

const seconds = (second: number) => String(second).padStart(2, "0");
const cut = (connection: number, second: number) => `2026/11/27 12:00:${seconds(second)} [error] 7#7: *${connection} upstream prematurely closed connection while reading upstream, client: 198.51.100.2, server: us.yourapp.test, request: "POST /api/chat HTTP/1.1", upstream: "http://10.0.1.5:80/api/chat", host: "us.yourapp.test"`;
const access = (connection: number | undefined, second: number) => JSON.stringify({ time: `2026-11-27T12:00:${seconds(second)}Z`, remote: "198.51.100.2", visitor: "203.0.113.9", connection: connection && String(connection), status: "200", completion: "OK", upstream: "10.0.1.5:80", upstream_status: "200" });

describe("the visitor whose stream was cut", () => {
    let told: string[];
    let reader: LogReader;
    beforeEach(() => {
        told = [];
        reader = new LogReader(({ visitor, outcome }) => told.push(`${outcome} ${visitor}`));
        process.env.TZ = "UTC";
    });

    it("is named by the access log: a peer's gateway may have relayed the stream", () => {
        reader.error(cut(7, 0));
        expect(told).toEqual([]);
        reader.access(access(8, 0));
        reader.access(access(7, 0));
        expect(told).toEqual(["answered 203.0.113.9", "cut 203.0.113.9", "answered 203.0.113.9"]);
    });

    it("is the other end of the connection if no line of that connection follows", () => {
        reader.error(cut(7, 0));
        reader.access(access(undefined, 5));
        expect(told).toEqual(["answered 203.0.113.9"]);
        reader.access(access(undefined, 6));
        expect(told.slice(1)).toEqual(["cut 198.51.100.2", "answered 203.0.113.9"]);
        reader.error(cut(9, 7));
        reader.end();
        expect(told.slice(3)).toEqual(["cut 198.51.100.2"]);
    });

    it("does not wait in numbers without end", () => {
        for (let connection = 0; connection <= 1_000; connection += 1) reader.error(cut(connection, 0));
        expect(told).toHaveLength(1_001);
    });
});

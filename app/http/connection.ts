import type { FastifyReply, FastifyRequest } from "fastify";
import type { Service } from "../service";
import { Reader } from "../sse/reader";
import type { Place } from "../sse/connections";
import type { TurnLog } from "../turn/log";
import { hijackedHeaders } from "./headers";

/** One request's way from its admission to the end of its stream. */
export class Connection {
    private readonly place: Place;
    private reader: Reader | undefined;
    private replaced = false;

    /** @throws HttpError too_many_streams */
    constructor(private readonly service: Service, request: FastifyRequest, private readonly reply: FastifyReply) {
        this.place = service.connections.admit(request.user.sub, () => {
            this.replaced = true;
            this.reader?.takenOver();
        });
    }

    /** Sends the events of a turn after this number, as they are and as they come. */
    read(log: TurnLog, after: number): void {
        const { settings } = this.service;
        this.place.take();
        this.reply.hijack();
        this.reply.streamed = true;
        this.reader = new Reader(this.reply.raw, {
            log,
            after,
            headers: hijackedHeaders(this.reply),
            heartbeatMs: settings.HEARTBEAT_SECONDS * 1000,
            slowMs: settings.SLOW_READER_SECONDS * 1000,
            onEnd: (end) => {
                this.place.release();
                this.service.metrics.connectionEnded(end);
            },
        });
        if (this.replaced) this.reader.takenOver();
    }

    /** Nothing will be read. */
    refuse(): void {
        this.place.release();
    }

    /** The client is still there. */
    get open(): boolean {
        return !this.reply.raw.destroyed && !this.reply.raw.writableEnded;
    }
}

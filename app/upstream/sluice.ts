import type { Socket } from "node:net";
import { buildConnector } from "undici";

/**
 * Lets the bytes of a connection through in portions. To be woken for each token is most of what a relayed token costs,
 * and a second token read with the first one costs next to nothing: see docs/performance.md.
 *
 * While it is shut, what has come stays where it is, in the socket and then in the kernel; `ms` after the first of it
 * all is read at once. So text waits for `ms`, and for twice as long at most. An end waits with the text before it; a
 * connection that is reset loses what had not been read.
 */
export class Sluice {
    private portions = false;
    private shut = false;
    private timer: NodeJS.Timeout | undefined;

    constructor(private readonly socket: Socket, private readonly ms: number) {
        const read = socket.read.bind(socket);
        socket.read = (size?: number) => {
            // read(0) takes nothing: it is how Node sets a socket going.
            if (this.shut && size !== 0) return this.wait();
            const bytes: unknown = read(size);
            if (bytes !== null) reading = this;
            return bytes;
        };
        socket.once("close", () => clearTimeout(this.timer));
    }

    /** From now on in portions. */
    close(): void {
        this.portions = true;
        this.shut = true;
    }

    /** From now on as it comes. */
    open(): void {
        this.portions = false;
        this.shut = false;
    }

    private wait(): null {
        this.timer ??= setTimeout(() => this.release(), this.ms);
        return null;
    }

    private release(): void {
        this.timer = undefined;
        this.shut = false;
        // undici reads until there is no more, within this call.
        this.socket.emit("readable");
        this.shut = this.portions;
    }
}

let reading: Sluice | undefined;

/**
 * The sluice of the connection that is being read. undici tells nobody which connection a request is on, but it hands
 * the bytes on within the call that read them.
 */
export const currentSluice = (): Sluice | undefined => reading;

/**
 * Makes connections for undici.
 * @param timeout of TCP and TLS together, milliseconds
 * @param ms of each connection's sluice; 0: it has none
 */
export function connector(timeout: number, ms: number): buildConnector.connector {
    if (ms === 0) return buildConnector({ timeout });
    // A socket whose buffer holds more than this stops asking the kernel, so its loop sleeps while the sluice is shut.
    const connect = buildConnector({ timeout, highWaterMark: 1 } as buildConnector.BuildOptions);
    return (options, callback) =>
        connect(options, (...[error, socket]) => {
            if (error) return callback(error, null);
            new Sluice(socket, ms);
            callback(null, socket);
        });
}

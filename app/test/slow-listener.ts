import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

const program = `const server = require("node:net").createServer((socket) => socket.resume());
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(server.address().port));`;

/** Longer than Node's own 250 ms for an address, shorter than the second after which a lost SYN comes again. */
const ASLEEP_MS = 400;

/**
 * A listener whose next connection takes a second: it is stopped, its queue is full, and the kernel drops the SYN. The
 * client's kernel sends the SYN again after a second, when the listener runs again.
 */
export class SlowListener {
    private constructor(private readonly child: ChildProcess, private readonly fillers: Socket[], readonly port: number) {}

    static async start(): Promise<SlowListener> {
        const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
        const [line] = (await once(child.stdout!, "data")) as [Buffer];
        const port = Number(line.toString());
        child.kill("SIGSTOP");
        // The queue takes one more than its length.
        const fillers = Array.from({ length: 4 }, () => connect({ port, host: "127.0.0.1" }).on("error", () => undefined));
        await Promise.all(fillers.slice(0, 2).map((filler) => once(filler, "connect")));
        return new SlowListener(child, fillers, port);
    }

    wakeSoon(): void {
        setTimeout(() => this.child.kill("SIGCONT"), ASLEEP_MS);
    }

    stop(): void {
        for (const filler of this.fillers) filler.destroy();
        this.child.kill("SIGKILL");
    }
}

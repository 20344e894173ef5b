import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir, rename, unlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";

/** `<owner>.<number>.jsonl` beside `<owner>.sock`. */
const FILE = /^([0-9a-f]{8})\.(\d+)\.jsonl$/g;

/**
 * One instance's claim on its files in a folder that several share, in containers of their own. While it lives it
 * listens on a socket beside them: the kernel tells whether an owner lives, without a clock and without process numbers,
 * which mean nothing in another container.
 */
export class Owner {
    private files = 0;

    private constructor(readonly folder: string, private readonly name: string, private readonly server: Server) {}

    static async claim(folder: string): Promise<Owner> {
        const name = randomBytes(4).toString("hex");
        const server = createServer((socket) => socket.destroy()).listen(join(folder, `${name}.sock`));
        await once(server, "listening");
        server.unref();
        return new Owner(folder, name, server);
    }

    /** A path for one more file. */
    next(): string {
        return join(this.folder, `${this.name}.${(this.files += 1)}.jsonl`);
    }

    /** Takes over the files of owners that are dead, oldest first; of two that try, one gets a file. */
    async adopt(): Promise<string[]> {
        const names = await readdir(this.folder);
        const found = names.flatMap((name) => [...name.matchAll(FILE)]).filter(([, owner]) => owner !== this.name);
        const owners = [...new Set(found.map((match) => match[1]!))];
        const dead = new Set<string>();
        for (const owner of owners) if (!(await this.lives(owner))) dead.add(owner);
        const adopted: string[] = [];
        for (const [name] of found.filter((match) => dead.has(match[1]!)).sort((a, b) => Number(a[2]) - Number(b[2]))) {
            const mine = this.next();
            if (await rename(join(this.folder, name), mine).then(() => true, () => false)) adopted.push(mine);
        }
        for (const owner of dead) await unlink(join(this.folder, `${owner}.sock`)).catch(() => undefined);
        return adopted;
    }

    async leave(): Promise<void> {
        this.server.close();
        await once(this.server, "close");
    }

    private async lives(owner: string): Promise<boolean> {
        const socket = connect(join(this.folder, `${owner}.sock`));
        // `once` rejects with an error that comes first. Any error but these two says nothing about the owner: EAGAIN means
        // that it is busy, EMFILE that this process has too many files open.
        const alive = await once(socket, "connect").then(() => true, ({ code }: NodeJS.ErrnoException) => code !== "ECONNREFUSED" && code !== "ENOENT");
        socket.destroy();
        return alive;
    }
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { Owner } from "./owner";

const LISTENER = `require("net").createServer().listen({ path: process.argv[1], backlog: 1 }, () => process.stdout.write("listening"))`;

/** A folder with a file of another owner, whose socket is as it was made. */
async function beside(socketAt: (path: string) => unknown): Promise<string> {
    const folder = scratch();
    writeFileSync(join(folder, "0123abcd.1.jsonl"), "theirs\n");
    await socketAt(join(folder, "0123abcd.sock"));
    return folder;
}

async function adopts(folder: string): Promise<number> {
    const owner = await Owner.claim(folder);
    const adopted = await owner.adopt();
    await owner.leave();
    return adopted.length;
}

describe("the files of another owner", () => {
    it("are taken over if its socket is not there", async () => {
        expect(await adopts(await beside(() => undefined))).toBe(1);
    });

    it("are taken over if nobody listens on its socket", async () => {
        const folder = await beside((path) => writeFileSync(path, ""));
        expect(await adopts(folder)).toBe(1);
        expect(readdirSync(folder)).not.toContain("0123abcd.sock");
    });

    it("stay its own while it listens", async () => {
        const server = createServer((socket) => socket.destroy());
        expect(await adopts(await beside((path) => once(server.listen(path), "listening")))).toBe(0);
        server.close();
    });

    it("stay its own if its socket cannot be asked for another reason (ELOOP)", async () => {
        const folder = await beside((path) => symlinkSync(path, path));
        expect(await adopts(folder)).toBe(0);
        expect(readdirSync(folder)).toEqual(expect.arrayContaining(["0123abcd.1.jsonl", "0123abcd.sock"]));
    });

    it("stay its own while it is too busy to accept (EAGAIN)", async () => {
        let path = "";
        const folder = await beside((at) => (path = at));
        const child = spawn(process.execPath, ["-e", LISTENER, path], { stdio: ["ignore", "pipe", "inherit"] });
        await once(child.stdout!, "data");
        child.kill("SIGSTOP");
        const waiting: Socket[] = [];
        try {
            for (let code = ""; code !== "EAGAIN"; ) {
                const socket = connect(path);
                waiting.push(socket);
                code = await once(socket, "connect").then(() => "", (error: NodeJS.ErrnoException) => error.code!);
            }
            expect(await adopts(folder)).toBe(0);
        } finally {
            for (const socket of waiting) socket.destroy();
            child.kill("SIGKILL");
            await once(child, "exit");
        }
    });
});

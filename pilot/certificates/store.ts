import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Held, readHeld } from "./held";

/**
 * Certificates, account keys and challenges on the volume that the gateway shares.
 *
 *     certificates/<name>/<directory host>/<hash>.pem   key and chain, 0600
 *     accounts/<directory host>.pem                     0600
 *     acme/<token>                                      0644, for nginx's workers
 *
 * A new certificate is a new file, so the gateway's configuration changes with it and nginx reloads.
 */
export class Store {
    private readonly accountKeys = new Map<string, Promise<string>>();

    /** @param directory host of the ACME directory whose certificates are wanted. */
    constructor(private readonly shared: string, private readonly directory: string) {}

    /**
     * The one to serve: one that has not run out before one that has, then one of the wanted directory, then the one
     * that lasts longest.
     */
    async best(name: string): Promise<Held | undefined> {
        return (await this.all(name))[0];
    }

    private async all(name: string): Promise<Held[]> {
        const folder = join(this.shared, "certificates", name);
        const found: Held[] = [];
        for (const directory of await list(folder)) {
            for (const file of await list(join(folder, directory))) {
                if (!file.endsWith(".pem")) continue;
                const path = join(folder, directory, file);
                const held = readHeld(await readFile(path, "utf8"), name, path, directory);
                if (held !== undefined) found.push(held);
            }
        }
        const rank = (held: Held) => (held.notAfter.getTime() > Date.now() ? 2 : 0) + (held.directory === this.directory ? 1 : 0);
        return found.sort((one, other) => rank(other) - rank(one) || other.notAfter.getTime() - one.notAfter.getTime());
    }

    /** Keeps the newest two: nginx may be reading the one before. */
    async keep(name: string, directory: string, pem: string): Promise<void> {
        const folder = join(this.shared, "certificates", name, directory);
        await this.write(join(folder, `${createHash("sha256").update(pem).digest("hex").slice(0, 16)}.pem`), pem, 0o600);
        for (const old of (await this.all(name)).slice(2)) await rm(old.file, { force: true });
    }

    /** One a directory, made once even when several names ask for it at the same time. */
    accountKey(directory: string, make: () => Promise<string>): Promise<string> {
        const known = this.accountKeys.get(directory) ?? this.readOrMakeAccountKey(directory, make);
        this.accountKeys.set(directory, known);
        known.catch(() => this.accountKeys.delete(directory));
        return known;
    }

    private async readOrMakeAccountKey(directory: string, make: () => Promise<string>): Promise<string> {
        const file = join(this.shared, "accounts", `${directory}.pem`);
        const known = await readFile(file, "utf8").catch(() => undefined);
        if (known !== undefined) return known;
        const key = await make();
        await this.write(file, key, 0o600);
        return key;
    }

    /** Puts an answer where the gateway finds it; gives back the way to take it away. */
    async challenge(token: string, answer: string): Promise<() => Promise<void>> {
        const file = join(this.shared, "acme", basename(token));
        await this.write(file, answer, 0o644);
        return () => rm(file, { force: true });
    }

    /** Whole or not at all: a reader never sees half a file. */
    private async write(file: string, text: string, mode: number): Promise<void> {
        await mkdir(join(file, ".."), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 });
        await writeFile(`${file}.new`, text, { mode });
        await rename(`${file}.new`, file);
    }
}

function list(folder: string): Promise<string[]> {
    return readdir(folder).catch(() => []);
}

import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";

export interface KeyFiles {
    /** Paths as ssh is to be told; `~` is left to ssh, so that the stack says the same on every computer. */
    identity: string;
    knownHosts: string;
    /** Whom the machine lets in. */
    user: string;
}

export interface KeyTexts { privateKey: string; hostPublicKey: string; host: string; user: string }

/**
 * Where the keys of a stack lie on this computer: `~/.antipode/keys/<stack>/`, or under ANTIPODE_KEYS.
 * ssh reads files only, so what the state holds is laid out here; it is a cache: an `up` renews it, and commands for real machines do where it lacks something.
 */
export function keyFiles(stack: string, folder = process.env.ANTIPODE_KEYS): KeyFiles {
    const shown = join(folder || "~/.antipode/keys", stack);
    return { identity: `${shown}/id`, knownHosts: `${shown}/known_hosts`, user: `${shown}/user` };
}

/** Writes the files, readable for their owner only. Each is renamed into place: two runs at once see whole files. */
export function layOut(files: KeyFiles, texts: KeyTexts): void {
    write(files.user, `${texts.user}\n`);
    write(files.identity, `${texts.privateKey.trim()}\n`);
    write(files.knownHosts, `${texts.host} ${texts.hostPublicKey.trim()}\n`);
}

/** Where such a file is. ssh takes `~` from the account, not from HOME; so must we. */
export const onDisk = (shown: string): string => shown.replace(/^~(?=\/)/, userInfo().homedir);

function write(shown: string, content: string): void {
    const path = onDisk(shown);
    mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.${process.pid}`, content, { mode: 0o600 });
    renameSync(`${path}.${process.pid}`, path);
}

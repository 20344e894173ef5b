// The one lock of the command line: a file that names its process. Plain JavaScript, because the first thing that takes it installs the packages.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { startOf } from "../system/identity.mjs";

/**
 * Takes a lock file, or says who holds it. A file whose process is gone (killed, the machine restarted) is taken over.
 * The caller calls `release` of what it gets; it takes away this lock alone, and only while it is there.
 */
export function lock(file, purpose) {
    mkdirSync(dirname(file), { recursive: true });
    for (;;) {
        const held = attempt(file, purpose);
        if (held) return held;
        const holder = parse(read(file));
        if (holder && lives(holder)) return { holder };
    }
}

/** Takes the lock, or gives undefined. A dead process's lock is cleared on the way: the next attempt may get it. */
function attempt(file, purpose) {
    // The mark tells this lock from any other one of this process.
    const text = JSON.stringify({ pid: process.pid, started: identity(process.pid), purpose, since: new Date().toISOString(), mark: randomBytes(6).toString("hex") });
    if (appears(file, text)) return { release: () => read(file) === text && rmSync(file, { force: true }) };
    const found = read(file);
    const holder = parse(found);
    if (found !== undefined && !(holder && lives(holder))) clear(file, found);
    return undefined;
}

/** A link appears with its content or not at all, so nobody ever reads a lock that is half written. */
function appears(file, text) {
    const own = `${file}.${process.pid}.${randomBytes(6).toString("hex")}`;
    writeFileSync(own, text, { mode: 0o600 });
    try {
        linkSync(own, file);
        return true;
    } catch (error) {
        if (error.code !== "EEXIST") throw error;
        return false;
    } finally {
        rmSync(own, { force: true });
    }
}

/**
 * Clears a dead process's lock. Of several that see it dead, one gets the right to clear this very text; it looks again,
 * because the others may have cleared it and taken the lock meanwhile. The right is a lock like any other.
 */
function clear(file, dead) {
    const right = attempt(`${file}.${createHash("sha256").update(dead).digest("hex").slice(0, 12)}`, "clear");
    if (!right) return;
    try {
        if (read(file) === dead) rmSync(file, { force: true });
    } finally {
        right.release();
    }
}

/** True while the very process runs that took the lock. */
export const lives = ({ pid, started }) => started !== undefined && identity(pid) === started;

/** When a process started, because its number alone is another's after a while; only that it runs on a system without /proc. */
function identity(pid) {
    if (existsSync("/proc/self/stat")) return startOf(pid);
    try {
        process.kill(pid, 0);
        return "running";
    } catch (error) {
        return error.code === "EPERM" ? "running" : undefined;
    }
}

function read(file) {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        if (error.code === "ENOENT") return undefined;
        throw error;
    }
}

/** Undefined for what is no lock. An installation's lock was the number and the start of its process, in an earlier version. */
function parse(text) {
    const [, pid, started] = /^(\d+) (\d+)$/.exec(text ?? "") ?? [];
    if (pid) return { pid: Number(pid), started, purpose: "install", since: "" };
    try {
        return JSON.parse(text ?? "");
    } catch {
        return undefined;
    }
}

import { finished, PassThrough, Writable } from "node:stream";
import { promisify } from "node:util";
import type Docker from "dockerode";
import type { SwarmTask } from "./versions";

/** Enough for a stack trace, and little enough for an event. */
const MOST_LINES = 20;
const MOST_CHARACTERS = 400;
const PATIENCE_MS = 5_000;

/**
 * What the instances of a service wrote last, to standard output and error, oldest first, each line with its time.
 * @throws Error when Docker does not give it in time
 */
export async function readLog(docker: Docker, service: string, patienceMs = PATIENCE_MS): Promise<string> {
    // Of each task so many, as they come: their times tell the order.
    const options = { stdout: true, stderr: true, timestamps: true, tail: MOST_LINES, abortSignal: AbortSignal.timeout(patienceMs) };
    const framed = (await docker.getService(service).logs(options)) as unknown as Buffer;
    const pieces: Buffer[] = [];
    const both = new Writable({ write: (piece: Buffer, _, done) => (pieces.push(piece), done()) });
    const frames = new PassThrough();
    docker.modem.demuxStream(frames, both, both);
    frames.end(framed);
    await promisify(finished)(frames);
    const lines = Buffer.concat(pieces).toString().split("\n").filter(Boolean);
    return lines.sort((one, other) => compare(timeOf(one), timeOf(other))).join("\n");
}

/** The last lines of a log whose lines begin with their times, and why the tasks ended, in the Swarm's own words: of one that never began there is nothing else. */
export function lastLines(log: string, tasks: SwarmTask[]): string[] {
    const said = log.split("\n").map((line) => line.slice(timeOf(line).length + 1));
    const ended = [...tasks].sort((one, other) => compare(one.Status.Timestamp ?? "", other.Status.Timestamp ?? "")).map(({ Status }) => Status.Err ?? "");
    return [...said, ...new Set(ended)].map(plain).filter(Boolean).slice(-MOST_LINES);
}

/** Whoever shows it may do so on a terminal. */
function plain(line: string): string {
    const text = line.replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, "").replace(/\t/g, " ").replace(/\p{Cc}/gu, "").trimEnd();
    return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

const timeOf = (line: string): string => line.slice(0, Math.max(0, line.indexOf(" ")));
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

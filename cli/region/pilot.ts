import { catalogue, type Code } from "../../errors/catalogue";
import { Fault } from "../../errors/fault";
import type { Outcome } from "../run";
import { askMachine, particulars, quoted, type Way } from "./way";

/** What the line ends with where no pilot runs; no program of the pilot's container ends with it. */
const GONE = 69;

/** The one line of shell that asks the pilot of a region's machine for something; it prints the pilot's answer, in JSON. */
export function pilotLine(words: string[]): string {
    const pilots = "pilots=$(docker ps --quiet --filter label=com.docker.swarm.service.name=pilot) || exit";
    return `${pilots}; set -- $pilots; [ $# -gt 0 ] || exit ${GONE}; docker exec "$1" node dist/pilot.js ${words.map(quoted).join(" ")}`;
}

/** Asks the pilot of a region. Throws HOST_UNREACHABLE, PILOT_GONE, PILOT_SILENT, and what the pilot refuses. */
export async function askPilot<T>(way: Way, ...words: string[]): Promise<T> {
    return answerOf(await askMachine(way, pilotLine(words)), particulars(way)) as T;
}

/** What the line has printed, as a value. Throws PILOT_GONE, PILOT_SILENT, and what the pilot refuses. */
export function answerOf({ code, stdout, stderr }: Outcome, about: { region: string; target: string }): unknown {
    if (code === GONE) throw new Fault("PILOT_GONE", about);
    if (code !== 0) throw refusalIn(stderr, about) ?? new Fault("PILOT_SILENT", { ...about, reason: stderr || `its client ended with ${code}.` });
    try {
        return JSON.parse(stdout);
    } catch {
        throw new Fault("PILOT_SILENT", { ...about, reason: `it said ${JSON.stringify(stdout.slice(0, 200))}.` });
    }
}

/** The pilot says what cannot be in one line of JSON, whatever stands around it. */
function refusalIn(stderr: string, about: Record<string, string>): Fault | undefined {
    for (const line of stderr.split("\n").filter((text) => text.startsWith("{"))) {
        try {
            const { code, details } = JSON.parse(line) as { code?: string; details?: Record<string, string> };
            if (code !== undefined && Object.hasOwn(catalogue, code)) return new Fault(code as Code, { ...details, ...about });
        } catch {
            // Something else that begins with a brace.
        }
    }
    return undefined;
}

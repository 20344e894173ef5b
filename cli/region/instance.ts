import { Fault } from "../../errors/fault";
import { appService } from "../../infra/names";
import { askMachine, onMachine, particulars, quoted, type Way } from "./way";

/** The line that gives the containers of a version of the app on a region's machine, one id a line. */
export const instancesLine = (version: string): string => `docker ps --quiet --filter label=com.docker.swarm.service.name=${appService(version)}`;

/** The line that runs a command in an instance, or a shell when none is given: the best one that the image has. */
export function insideLine(instance: string, command: string[], terminal: boolean): string {
    const inside = command.length > 0 ? command.map(quoted).join(" ") : `sh -c 'command -v bash > /dev/null && exec bash; exec sh'`;
    return `docker exec ${terminal ? "-it" : "-i"} ${instance} ${inside}`;
}

/** Runs a command, or a shell, in an instance of the app in the user's terminal; gives its exit status. Throws NO_INSTANCE, HOST_UNREACHABLE. */
export async function inInstance(way: Way, version: string, command: string[]): Promise<number> {
    const { stdout } = await askMachine(way, instancesLine(version));
    const [instance] = stdout.split("\n");
    if (!instance) throw new Fault("NO_INSTANCE", { ...particulars(way), version });
    return onMachine(way, [insideLine(instance, command, process.stdin.isTTY === true && process.stdout.isTTY === true)]);
}

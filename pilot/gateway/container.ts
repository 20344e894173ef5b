import { PassThrough } from "node:stream";
import type Docker from "dockerode";
import { unlessCanceled } from "../process/within";

/** The gateway's container on this machine; `id` changes when Swarm starts another. */
export interface Gateway {
    id: string;
    /** Runs a command inside; resolves with its exit status and all that it wrote. */
    run(...command: string[]): Promise<{ status: number; output: string }>;
}

/**
 * The running container of the service `gateway` on this machine, or undefined while there is none.
 * @param signal ends what is done with it, too
 */
export async function findGateway(docker: Docker, signal: AbortSignal): Promise<Gateway | undefined> {
    const filters = { label: ["com.docker.swarm.service.name=gateway"], status: ["running"] };
    // The newest, when an update starts one before it stops the other.
    const [found] = (await docker.listContainers({ filters, abortSignal: signal })).sort((one, other) => other.Created - one.Created);
    if (found === undefined) return undefined;
    return {
        id: found.Id,
        async run(...command) {
            const exec = await docker.getContainer(found.Id).exec({ Cmd: command, AttachStdout: true, AttachStderr: true, abortSignal: signal });
            const stream = await exec.start({ abortSignal: signal });
            const words = new PassThrough();
            let output = "";
            words.on("data", (piece: Buffer) => (output += piece.toString()));
            docker.modem.demuxStream(stream, words, words);
            await unlessCanceled(signal, new Promise((resolve, reject) => stream.once("end", resolve).once("close", resolve).once("error", reject)));
            const { ExitCode } = await exec.inspect({ abortSignal: signal });
            return { status: ExitCode ?? -1, output: output.trim() };
        },
    };
}

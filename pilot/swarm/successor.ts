import type { SwarmService } from "./versions";

/**
 * Whether a successor of this pilot is on its way, or was asked for: its service has other settings than its process. Both
 * the settings and the version that is wanted are of the service, and change in one step; so nobody ever sees a version
 * that is wanted beside the settings of before.
 * @param pilot its service
 * @param env of its process
 */
export function successorComes(pilot: SwarmService | undefined, env: Record<string, string | undefined>): boolean {
    return (pilot?.Spec.TaskTemplate?.ContainerSpec?.Env ?? []).some((line) => {
        const [name] = line.split("=", 1) as [string];
        return env[name] !== line.slice(name.length + 1);
    });
}

import { appService } from "../../infra/names";

/** How a service's log is asked for; a version is one of the app's. */
export interface LogRequest { service?: string; version?: string; follow: boolean; lines: number }

/**
 * The one line of shell that shows logs on a region's machine. A service may be told by its role ("app") instead of its
 * whole name ("app-1-0-0"); all services are shown when none is told. Lines come stamped, newest last.
 */
export function logLine({ service, version, follow, lines }: LogRequest): string {
    const named = version ? `^${appService(version)}$` : service ? `^${service.replaceAll(/[^A-Za-z0-9_-]/g, "")}(-[0-9]|$)` : undefined;
    const role = named ? ` | grep -E '${named}'` : "";
    const options = `--timestamps --tail ${lines}${follow ? " --follow" : ""}`;
    const names = `names=$(docker service ls --format '{{.Name}}'${role})`;
    const none = `[ -n "$names" ] || { echo 'No such service here. There are:' $(docker service ls --format '{{.Name}}') >&2; exit 1; }`;
    // Docker counts the lines of each task, also of those that are over, and gives one task's after the other's; it was
    // seen to wait without end for one on a machine that had more to do than it could.
    const show = `docker service logs ${options} "$name"`;
    const shown = follow ? show : `timeout 20 ${show} 2>&1 | sort --stable --key=1,1 | tail -n ${lines}`;
    return `${names}; ${none}; jobs=; for name in $names; do ${shown} & jobs="$jobs $!"; done; for job in $jobs; do wait $job || failed=1; done; exit \${failed:-0}`;
}

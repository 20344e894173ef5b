import { docker } from "../engine/engine";

/** Keeps what a stopped service had, so that a start gives it back; gone again after that. */
const kept = "pocket.replicas";

/** The lines of shell that scale every service of a role to zero, or back to what it was; they fail, and name what there is, when there is none. */
export function powerScript(role: string, action: "stop" | "start"): string {
    const replicas = action === "stop" ? "{{.Spec.Mode.Replicated.Replicas}}" : `{{index .Spec.Labels "${kept}"}}`;
    const change = action === "stop" ? `[ "$count" = 0 ] || docker service update --quiet --detach --label-add ${kept}=$count --replicas 0` : `[ -z "$count" ] || docker service update --quiet --detach --label-rm ${kept} --replicas $count`;
    return [
        // A machine that was started a moment ago: its engine comes up after its sshd.
        "for second in $(seq 60); do docker info > /dev/null 2>&1 && break; sleep 1; done",
        `names=$(docker service ls --format '{{.Name}}' --filter label=antipode.role=${role.replace(/[^\w-]/g, "")})`,
        `[ -n "$names" ] || { echo "no service has that role; there are" $(docker service ls --format '{{.Name}}'); exit 1; }`,
        `for name in $names; do count=$(docker service inspect --format '${replicas}' $name); ${change} $name || exit 1; done`,
    ].join("\n");
}

/** Does that on a machine. Rejects with what the machine said. */
export async function powerService(machineId: string, role: string, action: "stop" | "start"): Promise<void> {
    const exec = await docker.getContainer(`machine-${machineId}`).exec({ Cmd: ["sh", "-c", powerScript(role, action)], AttachStdout: true, AttachStderr: true, Tty: true });
    const stream = await exec.start({ Tty: true });
    let said = "";
    stream.on("data", (part: Buffer) => (said += part.toString()));
    await new Promise((resolve) => stream.once("end", resolve));
    if ((await exec.inspect()).ExitCode !== 0) throw new Error(said.trim());
}

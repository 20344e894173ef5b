import { docker } from "../engine/engine";

/** Keeps in which order a stopped service was updated, so that a start gives it back; gone again after that. */
const kept = "pocket.order";
/** No machine has that: nothing of the service can run, however many instances somebody wants of it. */
const nowhere = "node.labels.pocket.runs==nothing";

/** The lines of shell that leave every service of a role no machine to run on, or let it run again; they fail, and name what there is, when there is none. */
export function powerScript(role: string, action: "stop" | "start"): string {
    const order = `$(docker service inspect --format '{{index .Spec.Labels "${kept}"}}' $name)`;
    const update = "docker service update --quiet --detach";
    // An update that starts the next instance first would wait for it, and leave the old one.
    const change = action === "stop"
        ? `[ -n "${order}" ] || ${update} --label-add ${kept}=$(docker service inspect --format '{{.Spec.UpdateConfig.Order}}' $name) --update-order stop-first --constraint-add ${nowhere} $name`
        : `[ -z "${order}" ] || ${update} --label-rm ${kept} --update-order ${order} --constraint-rm ${nowhere} $name`;
    return [
        // A machine that was started a moment ago: its engine comes up after its sshd.
        "for second in $(seq 60); do docker info > /dev/null 2>&1 && break; sleep 1; done",
        `names=$(docker service ls --format '{{.Name}}' --filter label=antipode.role=${role.replace(/[^\w-]/g, "")})`,
        `[ -n "$names" ] || { echo "no service has that role; there are" $(docker service ls --format '{{.Name}}'); exit 1; }`,
        `for name in $names; do ${change} || exit 1; done`,
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

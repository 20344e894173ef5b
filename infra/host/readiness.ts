/*
 * What the readiness gate does. Pulumi carries these functions into another process as source, so they reach for
 * Node's own modules inside and for nothing else.
 */

export interface Contact {
    host: string;
    user: string;
    /** The operator's private key, OpenSSH form. */
    privateKey: string;
    /** The machine's real host key. */
    hostPrivateKey: string;
    hostPublicKey: string;
    /** The one from user-data, good until the real one is installed. */
    bootstrapPublicKey: string;
    timeoutSeconds: number;
    /** Whose machine it is, for the remedy in an error. */
    stack: string;
}

interface Answer { code: number; out: string; err: string }

/**
 * Waits until the machine is ready: ssh answers with the real host key, cloud-init is through, Docker is a Swarm.
 * @throws Error that says how far it came and shows the end of the machine's own log
 */
export async function waitForMachine(contact: Contact): Promise<void> {
    const { mkdtempSync, rmSync, writeFileSync } = require("node:fs") as typeof import("node:fs");
    const { tmpdir } = require("node:os") as typeof import("node:os");
    const { join } = require("node:path") as typeof import("node:path");
    const folder = mkdtempSync(join(tmpdir(), "antipode-gate-"));
    const deadline = Date.now() + contact.timeoutSeconds * 1000;
    try {
        writeFileSync(join(folder, "key"), `${contact.privateKey.trim()}\n`, { mode: 0o600 });
        writeFileSync(join(folder, "real"), `${contact.host} ${contact.hostPublicKey.trim()}\n`);
        writeFileSync(join(folder, "bootstrap"), `${contact.host} ${contact.bootstrapPublicKey.trim()}\n`);
        const real = (command: string, input?: string) => ssh(contact, folder, "real", command, deadline, input);
        const first = (command: string, input?: string) => ssh(contact, folder, "bootstrap", command, deadline, input);

        let last = "no answer yet";
        for (;;) {
            const known = await real("true");
            if (known.code === 0) break;
            const met = await first(installHostKey, contact.hostPrivateKey);
            if (met.code === 0) continue;
            last = explain(met.err || known.err);
            if (Date.now() > deadline) throw new Error(`The machine ${contact.host} did not become ready in ${contact.timeoutSeconds} s: ssh: ${last}.`);
            await pause(1000);
        }

        const ended = () => real("sudo cloud-init status --wait > /dev/null; echo $?");
        let end = await ended();
        // 255 is ssh's own: the line was cut, and the machine goes on.
        for (; end.code === 255 && Date.now() < deadline; end = await ended()) await pause(1000);
        // 2 is "done, with warnings"; an older cloud-init knows 0 and 1 only.
        if (end.code !== 0 || !["0", "2"].includes(end.out.trim())) {
            throw new Error(`The machine ${contact.host} answers, but its first start ${end.code === 0 ? "failed" : "did not end in time"}.${await tail(real)}${anew(contact.stack)}`);
        }
        for (;;) {
            const swarm = await real("docker info --format '{{.Swarm.LocalNodeState}}'");
            if (swarm.code === 0 && swarm.out.trim() === "active") return;
            if (Date.now() > deadline) {
                throw new Error(`Docker on ${contact.host} is not an active Swarm: ${(swarm.err || swarm.out).trim()}.${await tail(real)}${anew(contact.stack)}`);
            }
            await pause(1000);
        }
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Run through the verified first contact, the real key on stdin: from here on the bootstrap key is worth nothing. */
const installHostKey = `sudo sh -c 'umask 077 && cat > /etc/ssh/antipode_host_key.new && ssh-keygen -y -f /etc/ssh/antipode_host_key.new > /etc/ssh/ssh_host_ed25519_key.pub
    && mv /etc/ssh/antipode_host_key.new /etc/ssh/ssh_host_ed25519_key && chmod 644 /etc/ssh/ssh_host_ed25519_key.pub && systemctl restart ssh'`.replace(/\n\s*/g, " ");

async function tail(run: (command: string) => Promise<Answer>): Promise<string> {
    const log = await run("sudo tail -n 20 /var/log/cloud-init-output.log");
    return log.code === 0 ? ` The end of its /var/log/cloud-init-output.log:\n${log.out.trimEnd()}` : "";
}

/** A first start comes once, so another `up` alone would wait for the same end. */
function anew(stack: string): string {
    const command = `up -s ${stack} --replace '**::${stack}-machine'`;
    return `\nWhen the cause is mended, make the machine anew: pulumi ${command} (on the pocket cloud: npx antipode pulumi -- ${command}).`;
}

async function ssh(contact: Contact, folder: string, known: string, command: string, deadline: number, input = ""): Promise<Answer> {
    const { spawn } = require("node:child_process") as typeof import("node:child_process");
    const options = [
        "BatchMode=yes", "ConnectTimeout=5", "StrictHostKeyChecking=yes", `UserKnownHostsFile=${folder}/${known}`, "GlobalKnownHostsFile=/dev/null",
        "IdentitiesOnly=yes", "ServerAliveInterval=5", "ServerAliveCountMax=3", "HostKeyAlgorithms=ssh-ed25519", "LogLevel=ERROR",
    ];
    return new Promise((resolve) => {
        const child = spawn("ssh", ["-F", "none", "-i", `${folder}/key`, ...options.flatMap((one) => ["-o", one]), `${contact.user}@${contact.host}`, command]);
        const answer = { code: 255, out: "", err: "" };
        const late = setTimeout(() => child.kill(), Math.max(5000, deadline - Date.now()));
        child.stdout.on("data", (chunk) => (answer.out += chunk));
        child.stderr.on("data", (chunk) => (answer.err += chunk));
        child.stdin.on("error", () => undefined);
        child.on("error", (error) => (answer.err = error.message));
        child.on("close", (code) => {
            clearTimeout(late);
            resolve({ ...answer, code: code ?? 255 });
        });
        child.stdin.end(input);
    });
}

/** ssh's own words are for whoever sits before it; these say what it means for a machine that is being made. */
function explain(stderr: string): string {
    if (/verification failed|host key .* has changed|identification has changed/i.test(stderr)) return "it answers with a host key that the stack does not know (its user-data has not run, or it is another machine)";
    if (/permission denied/i.test(stderr)) return "it does not accept the operator's key";
    if (/timed out|no route|unreachable/i.test(stderr)) return "no answer on port 22 (is this computer's address in adminCidrs?)";
    if (/refused/i.test(stderr)) return "port 22 is closed: no sshd yet";
    if (/ENOENT/.test(stderr)) return "this computer has no ssh program";
    return stderr.trim().split("\n").pop() || "no answer";
}

function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

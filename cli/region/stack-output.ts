import { keyFiles, layOut } from "../../infra/host/key-cache";
import { project } from "../paths";
import { run, type Outcome } from "../run";
import type { Region } from "../stack/names";

/** What a real region's stack says of its machine. */
export interface StackMachine { address: string; user: string }

/** As long as a person waits for a backend that does not answer. */
const patienceMs = 20_000;

/** The user's own Pulumi, asked for what it has; it changes nothing and asks nothing. */
const ask = (...args: string[]): Promise<Outcome | undefined> =>
    run("pulumi", [...args, "--non-interactive"], { cwd: project, env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" }, timeoutMs: patienceMs })
        .catch((error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? undefined : Promise.reject(error)));

/**
 * The machine of a real region, by its stack's outputs; "none" for a stack that was destroyed or never made. Undefined
 * when Pulumi does not say: it is not installed or not logged in, or its backend does not answer.
 */
export async function stackMachine(region: Region): Promise<StackMachine | "none" | undefined> {
    const outcome = await ask("stack", "output", "--json", "--stack", region);
    if (outcome?.code !== 0) return outcome && /no stack named/.test(outcome.stderr) ? "none" : undefined;
    return machineIn(outcome.stdout);
}

function machineIn(outputs: string): StackMachine | "none" | undefined {
    try {
        const { address, ssh } = JSON.parse(outputs) as { address?: string; ssh?: { user: string } };
        return address && ssh ? { address, user: ssh.user } : "none";
    } catch {
        return undefined;
    }
}

interface Exported { deployment?: { resources?: { urn: string; outputs?: Record<string, unknown> }[] } }

/** Lays the keys of a region's machine out from its stack's state, as its last `up` would have here. False when the state cannot be read. */
export async function layOutFromState(region: Region, { address, user }: StackMachine): Promise<boolean> {
    const outcome = await ask("stack", "export", "--show-secrets", "--stack", region);
    const resources = outcome?.code === 0 ? ((JSON.parse(outcome.stdout) as Exported).deployment?.resources ?? []) : [];
    const key = (part: string, output: string) => plain(resources.find(({ urn }) => urn.endsWith(`::${region}-keys-${part}`))?.outputs?.[output]);
    const [privateKey, hostPublicKey] = [key("operator", "privateKeyOpenssh"), key("host", "publicKeyOpenssh")];
    if (privateKey === undefined || hostPublicKey === undefined) return false;
    layOut(keyFiles(region), { host: address, user, privateKey, hostPublicKey });
    return true;
}

/** A secret in an export is an object that holds its JSON. */
function plain(value: unknown): string | undefined {
    if (typeof value === "string") return value;
    const text = (value as { plaintext?: string } | undefined)?.plaintext;
    return text === undefined ? undefined : (JSON.parse(text) as string);
}

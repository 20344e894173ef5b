import type { Seen } from "./rule";

/** Names that hold secrets. Tokens in the plural are counted, not kept. */
const secretName = /secret|password|passwd|token(?!s)|(access|api|private|tester)_?key/i;
/** Says where a secret lies. */
const plainName = /_FILE$/i;
/** What is a secret whatever its name. */
const secretText = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bAKID[0-9A-Za-z]{32}\b|mongodb(\+srv)?:\/\/[^/\s:]+:[^/\s@]+@/;
/** The one key that may be in user-data: the host key of the first contact, void after it (infra/host/user-data.ts). */
const bootstrapKey = /^cat > \/etc\/ssh\/ssh_host_ed25519_key <<'KEY'\n[^]*?\nKEY$/m;

/** A text that a resource keeps where anybody with access to the machine or the cloud's API may read it. */
interface Open { where: string; name?: string; text: string }

/** Where a resource holds a secret in plain text: `env.MONGODB_PASSWORD`, `labels.token`, `userData`. */
export function plainSecrets(resource: Seen): string[] {
    return inTheOpen(resource)
        .filter(({ name, text }) => text && ((name !== undefined && secretName.test(name) && !plainName.test(name)) || secretText.test(text)))
        .map(({ where }) => where);
}

function inTheOpen({ type, props }: Seen): Open[] {
    switch (type) {
        case "docker:index/service:Service":
            return [...labels(props.labels), ...container(props.taskSpec?.containerSpec ?? {})];
        case "docker:index/container:Container":
            return container(props);
        case "docker:index/serviceConfig:ServiceConfig":
            return texts({ data: decoded(props.data), dataRaw: props.dataRaw });
        case "aws:ec2/instance:Instance":
            return texts({ userData: script(props.userData), userDataBase64: script(decoded(props.userDataBase64)) });
        case "tencentcloud:index/instance:Instance":
            return texts({ userData: script(decoded(props.userData)), userDataRaw: script(props.userDataRaw) });
        default:
            return [];
    }
}

function container(spec: Record<string, any>): Open[] {
    const lines = (spec.envs ?? []).map((line: string) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)]);
    const env = [...Object.entries<string>(spec.env ?? {}), ...lines] as [string, string][];
    const words = (["args", "commands", "command", "entrypoints"] as const).flatMap((where) => (spec[where] ?? []).map((text: string) => ({ where, text })));
    return [...env.map(([name, text]) => ({ where: `env.${name}`, name, text })), ...labels(spec.labels), ...words];
}

function labels(given: { label: string; value: string }[] = []): Open[] {
    return given.map(({ label, value }) => ({ where: `labels.${label}`, name: label, text: value }));
}

function texts(given: Record<string, string | undefined>): Open[] {
    return Object.entries(given).map(([where, text]) => ({ where, text: text ?? "" }));
}

const decoded = (base64?: string) => base64 && Buffer.from(base64, "base64").toString();
const script = (text?: string) => text?.replace(bootstrapKey, "");

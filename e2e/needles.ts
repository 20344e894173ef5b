import { readdirSync, readFileSync } from "node:fs";
import { accounts, must, pulumi } from "./pocket";

interface Resource { urn: string; type: string; outputs: Record<string, unknown> }

/** Every secret of the pocket cloud that is up, by what it is. The bootstrap host key is not among them: it is void after the first contact. */
export async function needles(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const open = ["cloudflareAccountId", "cloudflareZoneId", "volcengineEndpointId", "wechatAppid"];
    for (const [name, value] of Object.entries(accounts())) if (!open.includes(name)) found.set(name, value);
    for (const stack of ["cn", "us"]) {
        const state = JSON.parse(await must(pulumi("stack", "export", "-s", stack, "--show-secrets"))) as { deployment: { resources?: Resource[] } };
        for (const { urn, type, outputs } of state.deployment.resources ?? []) {
            const name = urn.split("::").pop()!;
            if (type === "random:index/randomPassword:RandomPassword") found.set(name, plain(outputs.result));
            if (type !== "tls:index/privateKey:PrivateKey" || name.endsWith("bootstrap")) continue;
            for (const form of ["privateKeyPem", "privateKeyOpenssh", "privateKeyPemPkcs8"]) {
                if (outputs[form]) found.set(`${name} ${form}`, body(plain(outputs[form])));
            }
        }
    }
    return found;
}

/** The names of the needles in a text, as they are or as JSON writes them. */
export function foundIn(text: string, wanted: Map<string, string>): string[] {
    return [...wanted].filter(([, needle]) => text.includes(needle) || text.includes(JSON.stringify(needle).slice(1, -1))).map(([name]) => name);
}

/** Writes down every command line that runs on this computer, many times a second, until `stop` gives them. */
export function watchCommandLines(): { stop(): string } {
    const seen = new Set<string>();
    const look = () => {
        for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
            try {
                seen.add(readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "));
            } catch {
                // It has ended meanwhile.
            }
        }
    };
    const timer = setInterval(look, 20);
    return { stop: () => (clearInterval(timer), [...seen].join("\n")) };
}

function plain(value: unknown): string {
    const secret = value as { plaintext?: string } | string;
    return typeof secret === "string" ? secret : (JSON.parse(secret.plaintext!) as string);
}

/** A key without its first and last line: all its lines, because some of them say only what the public half says too. */
function body(pem: string): string {
    return pem.trim().split("\n").slice(1, -1).join("\n");
}

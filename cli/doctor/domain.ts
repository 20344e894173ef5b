import { resolveNs } from "node:dns/promises";
import type { Finding } from "./finding";

/** Whether the domain's zone is at Cloudflare, where the `edge` stack steers it. */
export async function checkDomain(domain: string, ask: (domain: string) => Promise<string[]> = resolveNs): Promise<Finding> {
    const about = `domain ${domain}`;
    if (!domain.includes(".")) return { level: "missing", about, text: "is no domain name such as yourapp.com" };
    const servers = await ask(domain).catch((error: NodeJS.ErrnoException) => error.code ?? "no answer");
    if (typeof servers === "string") {
        const text = `its name servers cannot be asked (${servers}); it must be registered and its zone be at Cloudflare`;
        return { level: "attention", about, text };
    }
    if (servers.some((server) => server.endsWith(".ns.cloudflare.com"))) return { level: "good", about, text: "its zone is at Cloudflare" };
    return { level: "missing", about, text: `its name servers are ${servers.join(", ")}; set those that Cloudflare names, at the registrar` };
}

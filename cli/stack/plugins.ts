/** A provider plugin on disk: "resource-docker-v5.2.0" is { name: "docker", version: "5.2.0" }. */
export interface Plugin { name: string; version: string }

/** Providers that need no cloud account; their real plugin is better than a stand-in. */
export const harmless = ["docker", "tls", "random"];

/** Those of the wanted plugins that are among the names of a plugin folder's entries. */
export function installed(entries: string[], wanted: Plugin[]): Plugin[] {
    return wanted.filter(({ name, version }) => harmless.includes(name) && entries.includes(folderName({ name, version })));
}

export const folderName = ({ name, version }: Plugin) => `resource-${name}-v${version}`;

/** The attach list without the providers whose real plugin serves. */
export function attachList(attach: string, real: Plugin[]): string {
    const served = new Set(real.map(({ name }) => name));
    return attach.split(",").filter((entry) => entry && !served.has(entry.split(":")[0]!)).join(",");
}

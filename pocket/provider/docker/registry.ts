import type { DockerConfig } from "./config";

/** Credentials as the Engine API takes them in `X-Registry-Auth`. */
export interface AuthConfig { username: string; password: string; serveraddress: string }

/** Docker Hub answers to these, and knows itself by this one. */
const HUB = "https://index.docker.io/v1/";
const HUB_NAMES = ["docker.io", "index.docker.io", "registry-1.docker.io"];

/** The registry of an image: what stands before the first slash when it can be a host ("r.test:5000/app" → "r.test:5000"). */
export function registryOf(image: string): string {
    const first = image.split("/")[0] ?? "";
    return image.includes("/") && (/[.:]/.test(first) || first === "localhost") ? first : "docker.io";
}

/** "https://r.test/v2/" → "r.test"; the Hub's names → the one that it knows. */
export function serverAddress(server: string): string {
    const host = server.replace(/^https?:\/\//, "").split("/")[0] ?? "";
    return HUB_NAMES.includes(host) ? HUB : host;
}

/** Who pulls `image`: the resource's own `auth`, else the provider's entry for the image's registry. */
export function authFor(image: string, config: DockerConfig, own?: { serverAddress: string; username?: string; password?: string }): AuthConfig | undefined {
    if (own?.username && own.password) return { username: own.username, password: own.password, serveraddress: serverAddress(own.serverAddress) };
    const wanted = serverAddress(registryOf(image));
    const entry = config.registryAuth?.find((auth) => !auth.authDisabled && serverAddress(auth.address) === wanted);
    if (!entry?.username || !entry.password) return undefined;
    return { username: entry.username, password: entry.password, serveraddress: wanted };
}

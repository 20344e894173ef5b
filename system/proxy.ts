import { world } from "../pocket/network/world";

/** What is never behind a proxy: this computer, and the pocket cloud. `.test` is nobody's (RFC 6761). */
const here = ["127.0.0.1", "localhost", "::1", ...world.ranges, ".test"];

/** The variables that name a proxy, in lower case. Programs differ in the case that they read, and in which of them they prefer. */
const proxies = ["http_proxy", "https_proxy", "all_proxy", "grpc_proxy"];
const exceptions = ["no_proxy", "no_grpc_proxy"];

/**
 * The caller's proxy settings in the form that all programs read alike; nothing when there are none. Pulumi's SDK for
 * Node.js takes what lies between two commas of `no_proxy` as it is, with its spaces, does not know `*`, and would ask
 * the proxy even for 127.0.0.1, where the engine listens (grpc-node packages/grpc-js/src/http_proxy.ts, mapProxyName);
 * Go and curl trim, take `*` for everything, and leave out loopback.
 */
export function proxySettings(caller: NodeJS.ProcessEnv): Record<string, string> {
    const given = (name: string) => (caller[name]?.trim() || caller[name.toUpperCase()]?.trim()) ?? "";
    const used = proxies.filter((name) => given(name) !== "");
    if (used.length === 0) return {};
    const listed = (name: string) => [caller[name], caller[name.toUpperCase()]].flatMap((text) => (text ?? "").split(/[\s,;]+/)).filter(Boolean);
    const none = listed("no_proxy").includes("*");
    const settings = used.map((name) => [name, none ? "" : withScheme(given(name))] as const);
    const without = exceptions.filter((name) => name === "no_proxy" || listed(name).length > 0)
        .map((name) => [name, [...new Set([...listed(name).filter((host) => host !== "*"), ...here])].join(",")] as const);
    return Object.fromEntries([...settings, ...without].flatMap(([name, value]) => [[name, value], [name.toUpperCase(), value]]));
}

/** `proxy.corp:3128` is `http://proxy.corp:3128` to curl and to Go, and no address to others. */
const withScheme = (address: string): string => (address.includes("://") ? address : `http://${address}`);

/** Rules of swarmkit (manager/controlapi/common.go and validation), in its own words. */

const DNS_LABEL = /^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/;
const CONFIG_NAME = /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/;

/** Of a service or an overlay network; undefined when it is good. */
export function serviceNameFault(name: string): string | undefined {
    if (name.length > 63) return "name must be 63 characters or fewer";
    return DNS_LABEL.test(name) ? undefined : "name must be valid as a DNS name component";
}

/** Of a secret or a config. */
export function configNameFault(name: string): string | undefined {
    if (name.length <= 64 && CONFIG_NAME.test(name)) return undefined;
    return "invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]";
}

/** Bytes that a secret or config may hold, both ends exclusive of refusal: 1 … limit − 1. */
export function sizeFault(what: "secret" | "config", bytes: number): string | undefined {
    const limit = what === "secret" ? 512_000 : 1_024_000;
    return bytes > 0 && bytes < limit ? undefined : `${what} data must be larger than 0 and less than ${limit} bytes`;
}

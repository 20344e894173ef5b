import { createHash } from "node:crypto";
import type { RegionName } from "./settings/kinds";

/** The names of the world. They cross regions; addresses do not. */
export const hostOf = (region: RegionName, domain: string): string => `${region}.${domain}`;
export const apiHost = (domain: string): string => `api.${domain}`;
export const databaseHost = (domain: string): string => `db.cn.${domain}`;

/** The Swarm service of an app version: `1.4.0` is `app-1-4-0`, for a service name is a DNS label. */
export function appService(version: string): string {
    return `app-${version.replace(/[^a-zA-Z0-9]+/g, "-").replace(/-+$/, "")}`;
}

/**
 * The name of a Docker secret: `JWT_SECRET-3f2a9c81b0de`. A secret cannot be changed while a service uses it, so each
 * value gets a name of its own, and the new one is made before the old one goes.
 */
export function secretName(name: string, value: string): string {
    const hash = createHash("sha256").update(`${name}\0${value}`).digest("hex").slice(0, 12);
    return `${name.slice(0, 64 - hash.length - 1)}-${hash}`;
}

/**
 * Tags that every cloud resource carries; the policy pack asks for them. Not `project`: Tencent keeps every key that
 * begins with it, or with `qcs:`, for itself (tencentcloud.com/document/product/651/13354).
 */
export function tagsOf(stack: string): Record<string, string> {
    return { system: "antipode", stack, "managed-by": "pulumi" };
}

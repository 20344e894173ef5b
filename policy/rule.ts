/** A resource as the policy engine shows it. */
export interface Seen { type: string; props: Record<string, any> }

/** One rule; `check` gives back what is wrong, in words that name the property. Pure. */
export interface Rule { name: string; description: string; check(resource: Seen): string[] }

/** One entry of `pulumi stack ls --json`. */
export interface ListedStack { name: string; resourceCount?: number }

/** The stacks among `others` that have resources, in the order in which they must go. */
export function standing(listed: ListedStack[], others: string[]): string[] {
    const held = new Set(listed.filter((stack) => (stack.resourceCount ?? 0) > 0).map((stack) => stack.name.split("/").pop()));
    return others.filter((name) => held.has(name));
}

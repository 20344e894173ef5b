import type { Instance, InstanceInputs } from "./instance";

/** The groups, by an argument that is deprecated or by the one that took its place: whichever was changed counts. */
export function groupsOf({ securityGroups, orderlySecurityGroups }: InstanceInputs, before?: Instance): string[] {
    return changed(securityGroups, before?.orderlySecurityGroups) ?? orderlySecurityGroups ?? [];
}

export function keysOf({ keyName, keyIds }: InstanceInputs, before?: Instance): string[] {
    return changed(keyName ? [keyName] : undefined, before?.keyIds?.slice(0, 1)) ?? keyIds ?? [];
}

function changed(wanted: string[] | undefined, before: string[] = []): string[] | undefined {
    return wanted?.length === before.length && wanted.every((id) => before.includes(id)) ? undefined : wanted;
}

import type { Resource } from "../model";
import type { Store } from "../store";

/**
 * What somebody does by hand in a cloud's web console, behind Pulumi's back: for tests of drift, and for trying things.
 * Each throws when there is no such resource; the substrate hears of it as of every change of the store.
 */

/** Takes away an AWS rule by its id, or one line of a Tencent group: `sg-…/rules`, direction and index. */
export function removeRule(store: Store, rule: { aws: string } | { tencent: string; direction: "ingresses" | "egresses"; index: number }): void {
    if ("aws" in rule) {
        find(store, "aws", "securityGroupRule", rule.aws);
        store.delete("aws", rule.aws);
        return;
    }
    const set = find(store, "tencent", "securityGroupRuleSet", `${rule.tencent}/rules`);
    const lines = (set.props[rule.direction] as unknown[] | undefined) ?? [];
    if (rule.index >= lines.length) throw new Error(`${rule.tencent} has no line ${rule.index} in ${rule.direction}`);
    store.put({ ...set, props: { ...set.props, [rule.direction]: lines.filter((_, i) => i !== rule.index) } });
}

/** Terminates a machine of either cloud; its public address is free again, and AWS forgets that it was bound. */
export function terminateInstance(store: Store, id: string): void {
    const cloud = id.startsWith("ins-") ? "tencent" : "aws";
    find(store, cloud, "instance", id);
    for (const association of store.list("aws", "eipAssociation").filter((a) => a.props.instanceId === id)) store.delete("aws", association.id);
    store.delete(cloud, id);
}

/** Stops a machine of either cloud, or starts it again. */
export function setPower(store: Store, id: string, power: "on" | "off"): void {
    const [cloud, property, states] = id.startsWith("ins-")
        ? (["tencent", "instanceStatus", { on: "RUNNING", off: "STOPPED" }] as const)
        : (["aws", "instanceState", { on: "running", off: "stopped" }] as const);
    const machine = find(store, cloud, "instance", id);
    store.put({ ...machine, props: { ...machine.props, [property]: states[power] } });
}

/** Lets a DNS record say something else. `name` as the record has it. */
export function changeDnsRecord(store: Store, name: string, content: string): void {
    const record = store.list("cloudflare", "dnsRecord").find((r) => r.props.name === name);
    if (!record) throw new Error(`there is no DNS record ${name}`);
    store.put({ ...record, props: { ...record.props, content, modifiedOn: new Date().toISOString() } });
}

function find(store: Store, cloud: string, kind: string, id: string): Resource {
    const found = store.get(cloud, id);
    if (found?.kind !== kind) throw new Error(`there is no ${kind} ${id} in ${cloud}`);
    return found;
}

import { Fault } from "../errors/fault";
import { docker } from "./engine/engine";
import type { Ground } from "./ground";
import { powerService } from "./machine/service";
import type { Machine, Place } from "./model";
import * as byHand from "./provider/console";
import type { Registry } from "./registry";
import type { Store } from "./store";

/** What can be made to go wrong, and right again. `what` is the whole machine unless it names a service ("app"). */
export type Order =
    | { action: "stop" | "start"; region: Place; what?: string }
    | { action: "partition"; a: Place; b: Place }
    | { action: "heal" }
    | { action: "registry"; to: "stop" | "start" }
    | { action: "delay"; ms: number };

/** What somebody does by hand in a cloud's console, behind Pulumi's back. */
export type Deed =
    | { deed: "removeRule"; rule: Parameters<typeof byHand.removeRule>[1] }
    | { deed: "terminateInstance"; id: string }
    | { deed: "changeDnsRecord"; name: string; content: string };

export function consoleOf(ground: Ground, store: Store): (deed: Deed) => Promise<void> {
    return async (deed) => {
        if (deed.deed === "removeRule") byHand.removeRule(store, deed.rule);
        else if (deed.deed === "terminateInstance") byHand.terminateInstance(store, deed.id);
        else byHand.changeDnsRecord(store, deed.name, deed.content);
        await ground.settle();
    };
}

/** Does what an order says. Resolves to a sentence for people. */
export function faults(ground: Ground, store: Store, registry: Registry): (order: Order) => Promise<{ done: string }> {
    return async (order) => ({ done: await obey(ground, store, registry, order) });
}

async function obey(ground: Ground, store: Store, registry: Registry, order: Order): Promise<string> {
    switch (order.action) {
        case "stop":
        case "start":
            return order.what && order.what !== "machine" ? service(machineIn(ground, order.region), order.what, order.action) : power(ground, store, machineIn(ground, order.region), order.action);
        case "partition":
            await ground.partition(order.a, order.b);
            return `${order.a} and ${order.b} no longer hear each other`;
        case "heal":
            await ground.heal();
            return "the network is as it was";
        case "registry":
            await registry[order.to]();
            return `the registry is ${order.to === "stop" ? "away" : "there"}`;
        case "delay":
            await ground.delay(order.ms);
            return `us and cn are ${order.ms} ms apart each way`;
    }
}

function machineIn(ground: Ground, region: Place): Machine {
    const machine = ground.landscape().machines.find((m) => m.place === region);
    if (!machine) throw new Fault("NO_MACHINE", { region });
    return machine;
}

/** As a power cut: nothing is asked of the guest. Its cloud shows it as stopped. */
async function power(ground: Ground, store: Store, machine: Machine, action: "stop" | "start"): Promise<string> {
    if (action === "stop") {
        await docker.getContainer(`machine-${machine.id}`).kill().catch((error: { statusCode?: number }) => {
            if (error.statusCode !== 409) throw error; // it was off already
        });
    }
    byHand.setPower(store, machine.id, action === "stop" ? "off" : "on");
    await ground.settle();
    return `the machine ${machine.id} in ${machine.place} is ${action === "stop" ? "off" : "on"}`;
}

async function service(machine: Machine, role: string, action: "stop" | "start"): Promise<string> {
    await powerService(machine.id, role, action).catch((error: Error) => {
        throw new Fault("FAULT_NOT_MADE", { what: `${action} ${role}`, reason: error.message });
    });
    return `${role} in ${machine.place} is ${action === "stop" ? "stopped" : "started"}`;
}

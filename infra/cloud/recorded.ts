import { Fault } from "../../errors/fault";
import type { RegionName } from "../settings/kinds";

/** A region's machine as its stack's state has it, since the last `up` or refresh. */
export interface RecordedMachine { zone: string; networkCidr: string; diskGb: number }

/** One resource of a state. */
export interface Recorded { type: string; outputs: Record<string, any> }

/** Absent before the first `up`, and when the state lost the machine. */
export function recordedMachine(resources: Recorded[]): RecordedMachine | undefined {
    const of = (...types: string[]) => resources.find(({ type }) => types.includes(type))?.outputs;
    const machine = of("aws:ec2/instance:Instance", "tencentcloud:index/instance:Instance");
    const network = of("aws:ec2/vpc:Vpc", "tencentcloud:index/vpc:Vpc");
    if (!machine || !network) return undefined;
    return { zone: machine.availabilityZone, networkCidr: network.cidrBlock, diskGb: machine.rootBlockDevice?.volumeSize ?? machine.systemDiskSize };
}

export interface Wanted { zone?: string; networkCidr: string; diskGb: number }

/**
 * Refuses what the machine that is there cannot become. In `us` another network is another machine. In `cn` the machine's
 * disk holds the database, and another machine would have an empty one: the operator moves the data first.
 * @throws Fault
 */
export function admitChanges(stack: RegionName, wanted: Wanted, recorded?: RecordedMachine): void {
    if (!recorded) return;
    if (stack === "cn") {
        for (const setting of ["zone", "networkCidr"] as const) {
            if (wanted[setting] !== recorded[setting]) throw new Fault("MACHINE_STAYS", { stack, setting, wanted: String(wanted[setting]), had: recorded[setting] });
        }
    }
    const replaced = wanted.networkCidr !== recorded.networkCidr;
    if (!replaced && wanted.diskGb < recorded.diskGb) throw new Fault("DISK_SHRINKS", { stack, wanted: wanted.diskGb, had: recorded.diskGb });
}

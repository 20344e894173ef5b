import type { InstanceInputs } from "./instance";
import { refuse } from "./refuse";

/** What a machine of the pocket cloud cannot have: it is not there, or nothing would come of it. */
export function admitExtras(inputs: InstanceInputs): void {
    if (inputs.instanceChargeType === "CDHPAID") {
        for (const [name, word] of [["cdhInstanceType", "cdh_instance_type"], ["cdhHostId", "cdh_host_id"]] as const) {
            if (!inputs[name]) throw refuse("MissingParameter", `${word} can not be empty when instance_charge_type is CDHPAID`, name);
        }
    }
    for (const [name, code] of Object.entries(ABSENT)) {
        if (inputs[name]) throw refuse(code, `\`${String(inputs[name])}\` does not exist.`, name);
    }
    if (Array.isArray(inputs.dataDisks) && inputs.dataDisks.length > 0) throw refuse("UnsupportedOperation", "the pocket cloud has no data disks", "dataDisks");
}

/** Arguments that name what the pocket cloud never has, with the API's code (tencentcloud-sdk-go, cvm/v20170312, errors.go). */
const ABSENT: { [name: string]: string } = {
    launchTemplateId: "InvalidParameterValue.LaunchTemplateIdNotExisted",
    cdhHostId: "InvalidHostId.NotFound",
    bandwidthPackageId: "InvalidParameterValue.BandwidthPackageIdNotFound",
    placementGroupId: "FailedOperation.DisasterRecoverGroupNotFound",
};

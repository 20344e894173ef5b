import type { Package } from "../kind";
import { Refusal } from "../refusal";
import { regions } from "./catalogue";
import { eip, eipAssociation } from "./eip";
import { getAvailabilityZonesByProduct, getImages, getInstanceTypes } from "./functions";
import { instance } from "./instance";
import { keyPair } from "./keyPair";
import { configSchema, document } from "./schema";
import { securityGroup } from "./securityGroup";
import { securityGroupRuleSet } from "./securityGroupRuleSet";
import { subnet } from "./subnet";
import { vpc } from "./vpc";

export { view } from "./view";

/** Tencent Cloud comes through Pulumi's Terraform bridge, whose plug-in name it is attached by. */
export const tencent: Package = {
    name: "terraform-provider",
    version: document.parameterization.baseProvider.version,
    config: { ...configSchema(document), replaceOn: ["region"], remember: ["region"] },
    configure({ region, secretId, secretKey }) {
        if (!regions.includes(String(region))) {
            throw new Refusal("UnsupportedRegion", `tencentcloud: region "${String(region)}" is not in the pocket cloud, which has ${regions.join(", ")} `
                + "(without one the real provider takes ap-guangzhou)", "region");
        }
        for (const [name, value] of Object.entries({ secretId, secretKey })) {
            if (typeof value !== "string" || value === "") throw new Refusal("AuthFailure.SecretIdNotFound", `[TencentCloudSDKError] Code=AuthFailure.SecretIdNotFound, Message=the provider's "${name}" is missing or empty`, name);
        }
    },
    kinds: [vpc, subnet, securityGroup, securityGroupRuleSet, keyPair, instance, eip, eipAssociation],
    functions: [getImages, getAvailabilityZonesByProduct, getInstanceTypes],
};

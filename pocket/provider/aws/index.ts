import type { Package } from "../kind";
import { Refusal } from "../refusal";
import { regions } from "./catalogue";
import { eip, eipAssociation } from "./eip";
import { getAmi, getAvailabilityZones, getInstanceTypeOffering } from "./functions";
import { instance } from "./instance";
import { internetGateway } from "./internetGateway";
import { keyPair } from "./keyPair";
import { schema } from "./kind";
import { routeTable, routeTableAssociation } from "./routeTable";
import { securityGroup } from "./securityGroup";
import { securityGroupEgressRule, securityGroupIngressRule } from "./securityGroupRule";
import { subnet } from "./subnet";
import { vpc } from "./vpc";

export { view } from "./view";

/**
 * EC2 in the pocket. Keys come from the provider's arguments or, as with the real one, from the environment; an attached
 * provider does not see the engine's, so the command line makes sure that they are there.
 */
export const aws: Package = {
    name: "aws",
    version: schema.version,
    config: { ...schema.config, required: ["region"], replaceOn: ["region"], remember: ["region"] },
    configure({ region, accessKey, secretKey }) {
        if (!regions.includes(String(region))) throw new Refusal("InvalidRegion", `invalid AWS Region: ${String(region)}; the pocket cloud has ${regions.join(", ")}`, "region");
        for (const [name, value] of Object.entries({ accessKey, secretKey })) {
            if (value !== undefined && (typeof value !== "string" || value === "")) throw new Refusal("NoCredentialProviders", `No valid credential sources found. Set the provider's "${name}"`, name);
        }
    },
    kinds: [
        vpc, subnet, internetGateway, routeTable, routeTableAssociation, securityGroup, securityGroupIngressRule, securityGroupEgressRule,
        keyPair, instance, eip, eipAssociation,
    ],
    functions: [getAmi, getAvailabilityZones, getInstanceTypeOffering],
};

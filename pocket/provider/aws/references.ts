import { valuesAt } from "../rules";
import type { Values } from "../values";
import { refuse } from "./refuse";

/** What EC2 answers about an id or a name of a thing that nobody can make in the pocket (EC2 API reference, "Error codes"). */
const UNKNOWN: { [argument: string]: string } = {
    "capacityReservationSpecification.capacityReservationTarget.capacityReservationId": "InvalidCapacityReservationId.NotFound",
    hostId: "InvalidHostID.NotFound",
    iamInstanceProfile: "InvalidParameterValue",
    "launchTemplate.id": "InvalidLaunchTemplateId.NotFound",
    "launchTemplate.name": "InvalidLaunchTemplateName.NotFoundException",
    "networkInterfaces[*].networkInterfaceId": "InvalidNetworkInterfaceID.NotFound",
    placementGroup: "InvalidPlacementGroup.Unknown",
    placementGroupId: "InvalidPlacementGroupId.Unknown",
    "primaryNetworkInterface.networkInterfaceId": "InvalidNetworkInterfaceID.NotFound",
    "routes[*].carrierGatewayId": "InvalidCarrierGatewayID.NotFound",
    "routes[*].destinationPrefixListId": "InvalidPrefixListID.NotFound",
    "routes[*].egressOnlyGatewayId": "InvalidGatewayID.NotFound",
    "routes[*].localGatewayId": "InvalidLocalGatewayID.NotFound",
    "routes[*].natGatewayId": "InvalidNatGatewayID.NotFound",
    "routes[*].transitGatewayId": "InvalidTransitGatewayID.NotFound",
    "routes[*].vpcEndpointId": "InvalidVpcEndpointId.NotFound",
    "routes[*].vpcPeeringConnectionId": "InvalidVpcPeeringConnectionID.NotFound",
};

/** Refuses arguments that name what cannot be there. */
export function admitReferences(inputs: Values, operation: string): void {
    for (const [argument, code] of Object.entries(UNKNOWN)) {
        const [path, value] = valuesAt(inputs, argument).find(([, given]) => given !== "") ?? [];
        if (path !== undefined) throw refuse(operation, code, `The ID '${String(value)}' does not exist`, path);
    }
}

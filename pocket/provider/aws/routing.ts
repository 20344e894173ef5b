import type { Store } from "../../store";
import { list } from "./kind";
import type { RouteTable, RouteTableAssociation } from "./routeTable";

/**
 * Whether the subnet's route table leads everything to an internet gateway. A subnet without an association is on the
 * main table, which has the local route alone: its machines are not reached, whatever address they have.
 */
export function routesToInternet(store: Store, subnetId: string): boolean {
    const association = list<RouteTableAssociation>(store, "routeTableAssociation", (a) => a.subnetId === subnetId)[0];
    const table = list<RouteTable>(store, "routeTable").find((t) => t.id === association?.props.routeTableId);
    return (table?.props.routes ?? []).some((r) => r.cidrBlock === "0.0.0.0/0" && r.gatewayId !== undefined
        && list<{ vpcId?: string }>(store, "internetGateway", (g) => g.vpcId === table?.props.vpcId).some((g) => g.id === r.gatewayId));
}

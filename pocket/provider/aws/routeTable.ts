import { isNetwork } from "../cidr";
import type { Values } from "../values";
import { ACCOUNT } from "./catalogue";
import { awsKind, list, lookUp, several } from "./kind";
import { failure, refuse } from "./refuse";

interface Route { cidrBlock?: string; gatewayId?: string }
export interface RouteTable extends Values { vpcId: string; routes?: Route[] }
export interface RouteTableAssociation extends Values { routeTableId: string; subnetId?: string; gatewayId?: string }

export const routeTable = awsKind<RouteTable, RouteTable>({
    token: "aws:ec2/routeTable:RouteTable",
    kind: "routeTable",
    prefix: "rtb",
    replaceOn: ["vpcId"],
    updates: true,
    settles: true,
    check: ({ routes = [] }) => routes.flatMap((route, i) => {
        const at = `routes[${i}]`;
        if (route.cidrBlock !== undefined && !isNetwork(route.cidrBlock)) {
            return [failure(`${at}.cidrBlock`, "InvalidParameterValue", `"${route.cidrBlock}" is not a valid IPv4 CIDR block`)];
        }
        return route.gatewayId === "local" ? [failure(`${at}.gatewayId`, "InvalidParameterValue", "the local route is there by itself and cannot be created")] : [];
    }),
    admit({ vpcId, routes = [] }, context) {
        lookUp(context, "vpc", vpcId, "CreateRouteTable", "vpcId");
        for (const [i, route] of routes.entries()) {
            if (!route.gatewayId?.startsWith("igw-")) continue;
            const property = `routes[${i}].gatewayId`;
            const gateway = lookUp<{ vpcId?: string }>(context, "internetGateway", route.gatewayId, "CreateRoute", property);
            if (gateway.props.vpcId === vpcId) continue;
            throw refuse("CreateRoute", "InvalidParameterValue", `route table and network gateway ${route.gatewayId} belong to different networks`, property);
        }
    },
    // Routes that are left out are those that are there; an empty list takes them away (the SDK's own words).
    diff: (_olds, _news, found) => found.filter(({ path, kind }) => path !== "routes" || kind !== "delete"),
    compute: (_id, inputs, _context, before) => ({ ownerId: ACCOUNT, propagatingVgws: [], ...inputs, routes: inputs.routes ?? before?.routes ?? [] }),
    release({ id }, { store }) {
        const used = list<RouteTableAssociation>(store, "routeTableAssociation", (a) => a.routeTableId === id);
        if (used.length === 0) return;
        throw refuse("DeleteRouteTable", "DependencyViolation", `The routeTable '${id}' has dependencies and cannot be deleted: ${used.map((a) => a.id).join(", ")}.`);
    },
});

export const routeTableAssociation = awsKind<RouteTableAssociation, RouteTableAssociation>({
    token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    kind: "routeTableAssociation",
    prefix: "rtbassoc",
    replaceOn: ["subnetId", "gatewayId"],
    updates: true,
    settles: true,
    check(inputs) {
        if (several(inputs, ["subnetId", "gatewayId"]).length < 2) return [];
        return [failure("subnetId", "InvalidParameterCombination", 'only one of "subnetId" and "gatewayId" can be given')];
    },
    admit(inputs, context, self) {
        lookUp(context, "routeTable", inputs.routeTableId, "AssociateRouteTable", "routeTableId");
        if (!inputs.subnetId) {
            if (inputs.gatewayId) return;
            throw refuse("AssociateRouteTable", "MissingParameter", 'one of "subnetId" and "gatewayId" must be given', "subnetId");
        }
        lookUp(context, "subnet", inputs.subnetId, "AssociateRouteTable", "subnetId");
        const other = list<RouteTableAssociation>(context.store, "routeTableAssociation", (a) => a.subnetId === inputs.subnetId).find((a) => a.id !== self?.id);
        if (!other) return;
        throw refuse("AssociateRouteTable", "Resource.AlreadyAssociated", `the specified association for route table ${inputs.routeTableId} `
            + `conflicts with an existing association (${other.id})`, "subnetId");
    },
    compute: (_id, inputs) => ({ ...inputs }),
});

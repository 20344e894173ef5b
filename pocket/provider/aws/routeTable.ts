import type { Failure } from "../kind";
import type { Values } from "../values";
import { ACCOUNT } from "./catalogue";
import { network4, network6 } from "./cidrRules";
import { awsKind, list, lookUp, several } from "./kind";
import { admitReferences } from "./references";
import { failure, refuse } from "./refuse";
import type { Subnet } from "./subnet";
import type { Vpc } from "./vpc";

interface Route extends Values { cidrBlock?: string; gatewayId?: string }
export interface RouteTable extends Values { vpcId: string; routes?: Route[] }
export interface RouteTableAssociation extends Values { routeTableId: string; subnetId?: string; gatewayId?: string }

/** One of each in every route (vpc_route_table.go, routeTableValidDestinations and routeTableValidTargets). */
const DESTINATIONS = ["cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"];
const TARGETS = [
    "carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId", "gatewayId", "localGatewayId", "natGatewayId", "networkInterfaceId", "odbNetworkArn",
    "transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId",
];
/** Routes of a table unless the quota is raised (VPC guide, "Amazon VPC quotas"). */
const QUOTA = 500;

export const routeTable = awsKind<RouteTable, RouteTable>({
    token: "aws:ec2/routeTable:RouteTable",
    kind: "routeTable",
    prefix: "rtb",
    replaceOn: ["vpcId"],
    updates: true,
    settles: true,
    rules: { routes: { set: true }, propagatingVgws: { set: true }, "routes[*].cidrBlock": network4, "routes[*].ipv6CidrBlock": network6 },
    check: ({ routes = [] }) => routes.flatMap((route, i) => [...oneOf(route, `routes[${i}]`, DESTINATIONS), ...oneOf(route, `routes[${i}]`, TARGETS)]),
    admit({ vpcId, routes = [] }, context) {
        const vpc = lookUp<Vpc>(context, "vpc", vpcId, "CreateRouteTable", "vpcId");
        admitReferences({ routes }, "CreateRoute");
        if (routes.length > QUOTA) throw refuse("CreateRoute", "RouteLimitExceeded", `The maximum number of routes has been reached (${QUOTA}).`, "routes");
        for (const [i, route] of routes.entries()) {
            admitDestination(route, i, routes, vpc.props.cidrBlock);
            if (!route.gatewayId || route.gatewayId === "local") continue;
            const property = `routes[${i}].gatewayId`;
            const gateway = lookUp<{ vpcId?: string }>(context, "internetGateway", route.gatewayId, "CreateRoute", property);
            if (gateway.props.vpcId === vpcId) continue;
            throw refuse("CreateRoute", "InvalidParameterValue", `route table and network gateway ${route.gatewayId} belong to different networks`, property);
        }
    },
    // Routes that are left out are those that are there; an empty list takes them away (the SDK's own words).
    compute: (_id, inputs) => ({ ownerId: ACCOUNT, propagatingVgws: [], routes: [], ...inputs }),
    // The provider takes every association away first (vpc_route_table.go, resourceRouteTableDelete).
    takesAlong: ({ id }, store) => list<RouteTableAssociation>(store, "routeTableAssociation", (a) => a.routeTableId === id),
});

function oneOf(route: Route, at: string, names: string[]): Failure[] {
    const given = several(route, names).filter((name) => route[name] !== "");
    if (given.length === 1) return [];
    const wanted = `one of ${names.join(", ")} must be specified`;
    if (given.length === 0) return [failure(at, "InvalidParameterCombination", wanted)];
    return [failure(`${at}.${given[1]!}`, "InvalidParameterCombination", `only ${wanted}, but ${given.join(", ")} were specified`)];
}

/** The network's own route is there by itself: it may be adopted, and nothing else leads to "local". */
function admitDestination({ cidrBlock, gatewayId }: Route, i: number, routes: Route[], local: string): void {
    if (gatewayId === "local" && cidrBlock !== local) {
        throw refuse("CreateRoute", "InvalidParameterValue", `cannot create local Route, use the VPC's own range ${local} to adopt it`, `routes[${i}].gatewayId`);
    }
    if (cidrBlock === undefined || routes.findIndex((other) => other.cidrBlock === cidrBlock) === i) return;
    throw refuse("CreateRoute", "RouteAlreadyExists", `The route identified by ${cidrBlock} already exists.`, `routes[${i}].cidrBlock`);
}

export const routeTableAssociation = awsKind<RouteTableAssociation, RouteTableAssociation>({
    token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    kind: "routeTableAssociation",
    prefix: "rtbassoc",
    replaceOn: ["subnetId", "gatewayId"],
    updates: true,
    settles: true,
    exactlyOneOf: [["gatewayId", "subnetId"]],
    admit(inputs, context, self) {
        const table = lookUp<RouteTable>(context, "routeTable", inputs.routeTableId, "AssociateRouteTable", "routeTableId");
        if (!inputs.subnetId) {
            lookUp(context, "internetGateway", inputs.gatewayId ?? "", "AssociateRouteTable", "gatewayId");
            return;
        }
        const subnet = lookUp<Subnet>(context, "subnet", inputs.subnetId, "AssociateRouteTable", "subnetId");
        if (subnet.props.vpcId !== table.props.vpcId) {
            throw refuse("AssociateRouteTable", "InvalidParameterValue", `route table ${table.id} and subnet ${subnet.id} belong to different networks`, "subnetId");
        }
        const other = list<RouteTableAssociation>(context.store, "routeTableAssociation", (a) => a.subnetId === inputs.subnetId).find((a) => a.id !== self?.id);
        if (!other) return;
        throw refuse("AssociateRouteTable", "Resource.AlreadyAssociated", `the specified association for route table ${inputs.routeTableId} `
            + `conflicts with an existing association (${other.id})`, "subnetId");
    },
    compute: (_id, inputs) => ({ ...inputs }),
});

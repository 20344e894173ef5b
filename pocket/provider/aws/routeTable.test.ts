import { expect, it } from "vitest";
import { TestCloud } from "../testing/cloud";
import { aws } from "./index";

it("a route table keeps the routes that are left out, and loses them to an empty list", async () => {
    const cloud = new TestCloud(aws.kinds, "us-east-1");
    const vpcId = (await cloud.make("Vpc", { cidrBlock: "10.0.0.0/16" })).id;
    const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: (await cloud.make("InternetGateway", { vpcId })).id }];
    const { id, state } = await cloud.make("RouteTable", { vpcId, routes });
    expect((await cloud.update("RouteTable", id, { vpcId, tags: { Name: "public" } })).routes).toEqual(routes);
    expect((await cloud.update("RouteTable", id, { vpcId, routes: [] })).routes).toEqual([]);
    expect(cloud.changes("RouteTable", { vpcId, routes }, { vpcId }, state)).toEqual([]);
    expect(cloud.changes("RouteTable", { vpcId, routes }, { vpcId, routes: [] }, state)).toEqual(["delete routes[0]"]);
});

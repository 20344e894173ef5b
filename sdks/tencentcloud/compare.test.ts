import { expect, it } from "vitest";
import { differences } from "./compare";
import schema from "./schema.json";

const copy = () => JSON.parse(JSON.stringify(schema));

it("finds nothing between a schema and itself", () => expect(differences(copy(), copy())).toEqual([]));

it("names what the real schema lacks, types otherwise or asks for", () => {
    const real = copy();
    delete real.resources["tencentcloud:index/eip:Eip"];
    real.resources["tencentcloud:index/vpc:Vpc"].inputProperties.dnsServers = { type: "string" };
    real.resources["tencentcloud:index/subnet:Subnet"].requiredInputs.push("isMulticast");
    expect(differences(copy(), real).sort()).toEqual([
        "tencentcloud:index/eip:Eip is not there",
        "tencentcloud:index/subnet:Subnet.isMulticast is required",
        "tencentcloud:index/vpc:Vpc.dnsServers is string, not list of string",
    ]);
});

import { expect, it } from "vitest";
import { addressesOf } from "./addresses";

it("gives each visitor an address of its place, as long as there are any", () => {
    expect(addressesOf("us", 3)).toEqual(["198.18.1.100", "198.18.1.101", "198.18.1.102"]);
    expect(addressesOf("cn", 1)).toEqual(["198.18.2.100"]);
    const many = addressesOf("us", 200);
    expect([new Set(many).size, many[149], many[150]]).toEqual([150, "198.18.1.249", "198.18.1.100"]);
});

import { describe, expect, it } from "vitest";
import { claimed, standing, withoutPending } from "./bring-up";

describe("the regions that api. leads to", () => {
    it("are those asked for and those that stand already", () => {
        expect(standing(new Map(), ["cn", "edge"])).toEqual(["cn"]);
        expect(standing(new Map([["cn", 40], ["us", 0]]), ["edge"])).toEqual(["cn"]);
        expect(standing(new Map([["cn", 40]]), ["us", "edge"])).toEqual(["cn", "us"]);
    });
});

describe("a state that a killed run left", () => {
    const state = {
        version: 3,
        deployment: {
            manifest: { time: "now" },
            resources: [
                { urn: "a", type: "pulumi:pulumi:Stack", custom: false },
                { urn: "b", type: "aws:ec2/vpc:Vpc", custom: true, id: "vpc-1" },
                { urn: "c", type: "aws:ec2/instance:Instance", custom: true },
            ],
            pending_operations: [{ type: "creating" }],
        },
    };

    it("tells the ids that it holds", () => expect(claimed(state)).toEqual(["vpc-1"]));
    it("loses its unfinished operations and nothing else", () => {
        const { pending_operations: _, ...rest } = state.deployment;
        expect(withoutPending(JSON.stringify(state))).toEqual({ version: 3, deployment: rest });
    });
});

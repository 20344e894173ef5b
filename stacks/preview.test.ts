import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { scratch } from "../testing/scratch";
import { programOf } from "./mocks";

process.env.ANTIPODE_KEYS = scratch();

describe("a preview before the first up", () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    const told = () => warn.mock.calls.map(([text]) => text).filter((text) => text.startsWith("The stack"));
    beforeEach(() => void warn.mockClear());

    it("of us shows everything, and warns once", async () => {
        const whole = await programOf("us", {}, { preview: true });
        expect(told()).toEqual([]);
        const { made } = await programOf("us", {}, { preview: true, alone: true });
        expect(made.map(({ name }) => name).sort()).toEqual(whole.made.map(({ name }) => name).sort());
        expect(told()).toEqual(['The stack cn does not tell its "tencentRegion" yet: to this preview, all that comes from cn is not known.']);
    });

    it("of edge warns once a region", async () => {
        const { made } = await programOf("edge", {}, { preview: true, alone: true });
        expect(made.filter(({ type }) => type.endsWith(":LoadBalancerPool")).map(({ name }) => name)).toEqual(["geodns-cn", "geodns-us"]);
        expect(told().sort()).toEqual(["cn", "us"].map((stack) => `The stack ${stack} does not tell its "hostname" yet: to this preview, all that comes from ${stack} is not known.`));
    });
});

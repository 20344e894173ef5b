import { describe, expect, it } from "vitest";
import { checkRules } from "../rules";
import type { Values } from "../values";
import { tencent } from "./index";

const zone = { name: "zone", values: ["ap-shanghai-2"] };

/** terraform-provider-tencentcloud, services/cvm: data_source_tc_images.go, data_source_tc_instance_types.go. */
describe("a look-up", () => {
    const refused = (name: string, args: Values): string[] => {
        const fn = tencent.functions.find(({ token }) => token.endsWith(`:${name}`))!;
        return checkRules(fn, args, () => false).map(({ property }) => property);
    };

    it.each<[string, Values, string[]]>([
        ["getImages", { imageNameRegex: "(" }, ["imageNameRegex"]],
        ["getImages", { osName: "" }, ["osName"]],
        ["getImages", { imageNameRegex: "^Ubuntu", osName: "ubuntu" }, ["osName"]],
        ["getImages", { imageNameRegex: "^Ubuntu" }, []],
        ["getInstanceTypes", { availabilityZone: "ap-shanghai-2", filters: [zone] }, ["availabilityZone"]],
        ["getInstanceTypes", { filters: Array(11).fill(zone) }, ["filters"]],
        ["getInstanceTypes", { cpuCoreCount: 1.5 }, ["cpuCoreCount"]],
        ["getInstanceTypes", { filters: [zone], cpuCoreCount: 2, memorySize: 4 }, []],
    ])("%s %j is refused at once for %j", (name, args, expected) => {
        expect(refused(name, args)).toEqual(expected);
    });
});

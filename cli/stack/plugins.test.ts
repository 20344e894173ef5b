import { describe, expect, it } from "vitest";
import { attachList, installed } from "./plugins";

const wanted = [{ name: "docker", version: "5.2.0" }, { name: "aws", version: "7.48.0" }, { name: "tls", version: "5.6.1" }];

describe("provider plugins", () => {
    it("are used when the very version is installed and needs no account", () => {
        expect(installed(["resource-docker-v5.2.0", "resource-aws-v7.48.0", "resource-tls-v5.0.0"], wanted)).toEqual([wanted[0]]);
    });

    it("take their stand-in's place", () => {
        expect(attachList("aws:1,docker:1,tls:1", [wanted[0]!])).toBe("aws:1,tls:1");
        expect(attachList("aws:1", [])).toBe("aws:1");
    });
});

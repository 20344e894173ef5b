import { describe, expect, it } from "vitest";
import { judge, type Machine } from "./needs";

const good: Machine = { platform: "linux", root: true, freeGiB: 40, folder: "/var", has: () => true, apt: true };

describe("a machine for the pocket cloud", () => {
    it("is ready when nothing is missing", () => expect(judge(good)).toEqual({ kind: "ready" }));

    it("gets each missing package once", () => {
        expect(judge({ ...good, has: (program) => !["docker", "dockerd", "nft"].includes(program) })).toEqual({
            kind: "install",
            packages: ["docker.io", "nftables"],
        });
    });

    it.each([
        [{ platform: "darwin" }, "NOT_LINUX"],
        [{ root: false }, "NOT_ROOT"],
        [{ freeGiB: 7.9 }, "DISK_TOO_SMALL"],
        [{ apt: false, has: () => false }, "PROGRAMS_MISSING"],
    ])("with %j is refused with %s", (difference, code) => expect(judge({ ...good, ...difference })).toMatchObject({ kind: "impossible", code }));
});

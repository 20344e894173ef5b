import { describe, expect, it } from "vitest";
import { changes } from "./leftovers";

describe("what a pocket cloud leaves behind", () => {
    it("is nothing when both pictures are the same", () => expect(changes(["link lo", "ip_forward 0"], ["ip_forward 0", "link lo"])).toEqual([]));

    it("is told by name, and so is what it took away", () => {
        expect(changes(["link lo", "ip_forward 0"], ["link lo", "link ap-world", "ip_forward 1"])).toEqual([
            "left behind: link ap-world", "left behind: ip_forward 1", "gone: ip_forward 0",
        ]);
    });
});

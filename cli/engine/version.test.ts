import { describe, expect, it } from "vitest";
import { usable } from "./version";

describe("a Pulumi on the PATH", () => {
    it.each(["v3.250.0", "v3.250.4", "3.264.1", "v3.251.0-alpha.1\n"])("%s is used", (version) => expect(usable(version)).toBe(true));
    it.each(["v3.249.9", "v2.300.0", "v4.0.0", "", "command not found"])("%j is not", (version) => expect(usable(version)).toBe(false));
});

import { describe, expect, it } from "vitest";
import { configNameFault, serviceNameFault, sizeFault } from "./names";

describe("swarm's names", () => {
    it.each(["app-1-0-0", "a", "A_b", "x".repeat(63)])("a service may be called %s", (name) => expect(serviceNameFault(name)).toBeUndefined());
    it.each([
        ["app-1.0.0", "name must be valid as a DNS name component"], ["-a", "name must be valid as a DNS name component"],
        ["a-", "name must be valid as a DNS name component"], ["", "name must be valid as a DNS name component"],
        ["x".repeat(64), "name must be 63 characters or fewer"],
    ])("but not %j", (name, reason) => expect(serviceNameFault(name)).toBe(reason));

    it.each(["JWT_SECRET.1", "a", "x".repeat(64)])("a secret may be called %s", (name) => expect(configNameFault(name)).toBeUndefined());
    it.each(["a b", ".a", "a.", "x".repeat(65), ""])("but not %j", (name) => expect(configNameFault(name)).toMatch(/^invalid name, only 64/));

    it("secrets and configs have sizes", () => {
        expect(sizeFault("secret", 1)).toBeUndefined();
        expect(sizeFault("secret", 511_999)).toBeUndefined();
        expect(sizeFault("secret", 0)).toBe("secret data must be larger than 0 and less than 512000 bytes");
        expect(sizeFault("secret", 512_000)).toBe("secret data must be larger than 0 and less than 512000 bytes");
        expect(sizeFault("config", 1_023_999)).toBeUndefined();
        expect(sizeFault("config", 1_024_000)).toBe("config data must be larger than 0 and less than 1024000 bytes");
    });
});

import { describe, expect, it } from "vitest";
import { authFor, registryOf, serverAddress } from "./registry";

describe("registries", () => {
    it.each([
        ["nginx", "docker.io"], ["library/nginx:1", "docker.io"], ["registry.pocket.test/app:1.0.0", "registry.pocket.test"],
        ["localhost/app", "localhost"], ["localhost:5000/a/b@sha256:0", "localhost:5000"],
    ])("%s comes from %s", (image, registry) => {
        expect(registryOf(image)).toBe(registry);
    });

    it("have one address each", () => {
        expect(serverAddress("https://r.test:5000/v2/")).toBe("r.test:5000");
        expect(serverAddress("docker.io")).toBe("https://index.docker.io/v1/");
    });

    const config = { registryAuth: [{ address: "https://r.test", username: "u", password: "p" }, { address: "off.test", username: "u", password: "p", authDisabled: true }] };

    it("get the provider's credentials by the image's host", () => {
        expect(authFor("r.test/app:1", config)).toEqual({ username: "u", password: "p", serveraddress: "r.test" });
        expect(authFor("other.test/app:1", config)).toBeUndefined();
        expect(authFor("off.test/app:1", config)).toBeUndefined();
        expect(authFor("nginx", {})).toBeUndefined();
    });

    it("get the resource's own before those", () => {
        expect(authFor("r.test/app:1", config, { serverAddress: "r.test", username: "me", password: "mine" }))
            .toEqual({ username: "me", password: "mine", serveraddress: "r.test" });
    });
});

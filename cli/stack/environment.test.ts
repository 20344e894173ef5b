import { describe, expect, it } from "vitest";
import { environment, merged, shellLines } from "./environment";

const around = { engine: "/cache/engine", attach: "aws:1", home: "/s/home", backend: "/s/pulumi", passphraseFile: "/s/pass", keys: "/s/keys", credentials: { AWS_ACCESS_KEY_ID: "pocket" } };

describe("the engine's environment", () => {
    it("puts the engine first on the PATH and names the pocket's folders", () => {
        expect(environment(around, "/usr/bin:/bin")).toMatchObject({
            PATH: "/cache/engine:/usr/bin:/bin",
            PULUMI_HOME: "/s/home",
            PULUMI_BACKEND_URL: "file:///s/pulumi",
            PULUMI_DEBUG_PROVIDERS: "aws:1",
            PULUMI_CONFIG_PASSPHRASE_FILE: "/s/pass",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            ANTIPODE_KEYS: "/s/keys",
        });
    });

    it("never lets the caller's real credentials or sessions through", () => {
        const caller = { HOME: "/root", AWS_ACCESS_KEY_ID: "real", AWS_PROFILE: "prod", CLOUDFLARE_API_TOKEN: "real", PULUMI_ACCESS_TOKEN: "real", PULUMI_CONFIG_PASSPHRASE: "x" };
        const child = merged(caller, environment(around, ""));
        expect(Object.values(child)).not.toContain("real");
        expect(child).toMatchObject({ HOME: "/root", PATH: "/cache/engine", AWS_ACCESS_KEY_ID: "pocket" });
        expect(child).not.toHaveProperty("AWS_PROFILE");
        expect(child).not.toHaveProperty("PULUMI_CONFIG_PASSPHRASE");
    });

    it("leaves the engine and the pocket out of a proxy, in whichever words the caller has it", () => {
        const child = merged({ http_proxy: "http://proxy:3128", no_proxy: "localhost, 127.0.0.1" }, environment(around, ""));
        expect([child.no_proxy, child.NO_PROXY]).toEqual(Array(2).fill("localhost,127.0.0.1,::1,198.18.0.0/22,198.51.100.0/24,.test"));
    });

    it("is printed so that any value survives the shell", () => {
        expect(shellLines({ A: "it's" }).split("\n").at(-1)).toBe(`export A='it'\\''s'`);
    });
});

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { scratch } from "../../testing/scratch";
import { standingWays, wayTo } from "./way";

let keys: string;
let bin: string;
beforeEach(() => {
    [keys, bin] = [scratch(), scratch()];
    vi.stubEnv("ANTIPODE_KEYS", keys);
    vi.stubEnv("PATH", `${bin}${delimiter}${process.env.PATH}`);
});
afterEach(() => vi.unstubAllEnvs());

function layOut(region: string, address: string): void {
    mkdirSync(join(keys, region));
    writeFileSync(join(keys, region, "known_hosts"), `${address} ssh-ed25519 AAAA\n`);
    writeFileSync(join(keys, region, "id"), "a key\n");
}

/** A Pulumi that has this to say of each stack; an error for one that it does not know. */
function pulumi(outputs: Record<string, object>, exported: Record<string, object> = {}): void {
    for (const [kind, texts] of [["output", outputs], ["export", exported]] as const) {
        for (const [stack, value] of Object.entries(texts)) writeFileSync(join(bin, `${kind}-${stack}`), JSON.stringify(value));
    }
    program(`for stack; do [ "$before" = --stack ] && break; before=$stack; done
[ -e "${bin}/$2-$stack" ] && exec cat "${bin}/$2-$stack"; echo "error: no stack named '$stack' found" >&2; exit 255`);
}

function program(text: string): void {
    writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, "pulumi"), 0o755);
}

const outputs = (address: string, user = "ubuntu") => ({ address, ssh: { user, identity: "~/.antipode/keys/x/id" } });
const standing = async () => (await standingWays({ real: true })).map(({ region, address, user }) => [region, user, address]);

describe("the real regions that stand", () => {
    it.each([["destroyed", { us: {} }], ["removed", {}]])("are not those whose stack was %s, though their keys still lie here", async (_, gone) => {
        layOut("us", "198.51.100.4");
        layOut("cn", "203.0.113.9");
        pulumi({ cn: outputs("203.0.113.9"), ...gone });
        expect(await standing()).toEqual([["cn", "ubuntu", "203.0.113.9"]]);
        await expect(wayTo("us", { real: true })).rejects.toMatchObject({ code: "REGION_NOT_UP", remedy: "Bring it up: pulumi up -s us" });
    });

    it("are none when none stands", async () => {
        layOut("us", "198.51.100.4");
        pulumi({});
        await expect(standingWays({ real: true })).rejects.toMatchObject({ code: "NO_REGION_UP" });
    });

    it("are met by the user of their stack's machine", async () => {
        layOut("us", "198.51.100.4");
        pulumi({ us: outputs("198.51.100.4", "admin") });
        expect(await standing()).toEqual([["us", "admin", "198.51.100.4"]]);
    });

    it.each([["is not there", undefined], ["is not logged in", "echo 'error: PULUMI_ACCESS_TOKEN must be set' >&2; exit 255"], ["prints something else", "echo warning"]])("are those whose keys lie here, when Pulumi %s", async (_, text) => {
        layOut("us", "198.51.100.4");
        layOut("cn", "203.0.113.9");
        writeFileSync(join(keys, "cn/user"), "admin\n");
        if (text === undefined) vi.stubEnv("PATH", bin);
        else program(text);
        expect(await standing()).toEqual([["us", undefined, "198.51.100.4"], ["cn", "admin", "203.0.113.9"]]);
    });

    it("lend their keys to a computer that has none, or those of a machine of before", async () => {
        const resources = ["operator", "host"].map((part) => ({
            urn: `urn:pulumi:us::antipode::antipode:host:Keys$tls:index/privateKey:PrivateKey::us-keys-${part}`,
            outputs: { privateKeyOpenssh: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: JSON.stringify(`private ${part}\n`) }, publicKeyOpenssh: `ssh-ed25519 ${part}\n` },
        }));
        layOut("us", "198.51.100.9");
        pulumi({ us: outputs("198.51.100.4") }, { us: { deployment: { resources } } });
        expect(await standing()).toEqual([["us", "ubuntu", "198.51.100.4"]]);
        expect(["id", "known_hosts", "user"].map((name) => readFileSync(join(keys, "us", name), "utf8"))).toEqual(["private operator\n", "198.51.100.4 ssh-ed25519 host\n", "ubuntu\n"]);
    });

    it("are not reached without keys", async () => {
        pulumi({ us: outputs("198.51.100.4") });
        await expect(wayTo("us", { real: true })).rejects.toMatchObject({ code: "REAL_KEYS_MISSING" });
        expect(existsSync(join(keys, "us"))).toBe(false);
    });
});

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { home } from "../../pocket/home";
import { scratch } from "../../testing/scratch";
import { addressIn, noPocket, particulars, sshWords, standingWays, wayTo } from "./way";

describe("the way to a region's machine", () => {
    it("takes the stack's own key and checks the host's", () => {
        const words = sshWords({ address: "198.51.100.4", identity: "/k/id", knownHosts: "/k/known_hosts" }, ["docker", "ps"], false);
        expect(words).toContain("StrictHostKeyChecking=yes");
        expect(words).toContain("UserKnownHostsFile=/k/known_hosts");
        expect(words.slice(-4)).toEqual(["-i", "/k/id", "ubuntu@198.51.100.4", "docker ps"]);
    });

    it.each([
        [["docker", "service", "ls", "--format", "{{.Name}} {{.Replicas}}"], "docker service ls --format '{{.Name}} {{.Replicas}}'"],
        [["echo", "it's"], `echo 'it'\\''s'`],
        [["a line; as it is"], "a line; as it is"],
    ])("keeps words whole on the other side: %j", (command, line) => {
        expect(sshWords({ address: "198.51.100.4", identity: "/k/id", knownHosts: "/k/known_hosts" }, command, true).slice(-3)).toEqual(["-t", "ubuntu@198.51.100.4", line]);
    });

    it("is to the address that the stack has written down", () => {
        expect(addressIn("198.51.100.4 ssh-ed25519 AAAA\n")).toBe("198.51.100.4");
        expect(addressIn("")).toBeUndefined();
    });
});

describe("the way to a real machine", () => {
    let keys: string;
    const before = process.env.ANTIPODE_KEYS;
    beforeEach(() => void (process.env.ANTIPODE_KEYS = keys = scratch()));
    afterEach(() => void (before === undefined ? delete process.env.ANTIPODE_KEYS : (process.env.ANTIPODE_KEYS = before)));

    function layOut(region: string, address: string): void {
        mkdirSync(join(keys, region));
        writeFileSync(join(keys, region, "known_hosts"), `${address} ssh-ed25519 AAAA\n`);
    }

    it("is by the keys that `pulumi up` laid out, us before cn", async () => {
        layOut("cn", "203.0.113.9");
        layOut("us", "198.51.100.4");
        const us = { region: "us", real: true, address: "198.51.100.4", identity: join(keys, "us/id"), knownHosts: join(keys, "us/known_hosts") };
        expect(await wayTo("us", { real: true })).toEqual(us);
        expect((await standingWays({ real: true })).map(({ region, address }) => [region, address])).toEqual([["us", "198.51.100.4"], ["cn", "203.0.113.9"]]);
        expect(particulars(await wayTo("us", { real: true }))).toEqual({ region: "us", address: "198.51.100.4", target: "us --real" });
    });

    it("is none where there are no keys, or only the pocket's", async () => {
        await expect(wayTo("us", { real: true })).rejects.toMatchObject({ code: "REAL_KEYS_MISSING", message: `There are no keys of a real machine (us) in ${keys}.` });
        await expect(standingWays({ real: true })).rejects.toMatchObject({ code: "REAL_KEYS_MISSING" });
        process.env.ANTIPODE_KEYS = home.keys;
        await expect(wayTo("us", { real: true })).rejects.toMatchObject({ code: "REAL_KEYS_MISSING", message: `There are no keys of a real machine (us) in ${home.keys}.` });
    });

    it("is named by whoever finds no pocket cloud, and only when it is there", () => {
        expect(noPocket().code).toBe("POCKET_NOT_UP");
        layOut("us", "198.51.100.4");
        expect(noPocket()).toMatchObject({ code: "POCKET_OR_REAL", remedy: expect.stringContaining("`--real`") });
    });

    it("needs a region", async () => {
        await expect(wayTo("uk", { real: true })).rejects.toMatchObject({ code: "REGION_UNKNOWN" });
    });
});

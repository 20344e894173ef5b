import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { userData } from "./user-data";

const script = userData({ hostKey: "-----BEGIN OPENSSH PRIVATE KEY-----\nfirst contact\n-----END OPENSSH PRIVATE KEY-----\n" });

describe("user-data", () => {
    it("is a script that bash can read", () => {
        expect(script.startsWith("#!/bin/bash\n")).toBe(true);
        expect(execFileSync("bash", ["-n"], { input: script }).toString()).toBe("");
    });

    it("fits both clouds, with the longest key that they take", () => {
        const longest = userData({ hostKey: "k".repeat(3500) });
        expect(Buffer.from(longest).toString("base64").length).toBeLessThan(16 * 1024);
    });

    it("carries the key of the first contact and starts the Swarm on the address found at run time", () => {
        expect(script).toContain("\n-----BEGIN OPENSSH PRIVATE KEY-----\nfirst contact\n-----END OPENSSH PRIVATE KEY-----\nKEY\n");
        expect(script).toContain('docker swarm init --advertise-addr "$address" --default-addr-pool 172.30.0.0/16');
        expect(script).toContain("s/.* src \\([0-9.]*\\).*/\\1/p");
    });

    it("tries to install Docker until it is there, and fails when it never comes", () => {
        const folder = scratch();
        const loop = script.slice(script.indexOf("for try in"), script.indexOf("done\n") + "done\n".length);
        const run = (updates: string) => execFileSync("bash", ["-c", `set -euo pipefail
            command() { [ -e ${folder}/docker ]; }
            sleep() { echo slept; }
            apt-get() { case "$*" in update) ${updates};; *install*) touch ${folder}/docker;; esac; }
            ${loop}`]).toString();
        expect(run(`echo x >> ${folder}/tries; [ $(wc -l < ${folder}/tries) -gt 2 ]`)).toBe("slept\nslept\n");
        expect(run("false")).toBe("");
        rmSync(join(folder, "docker"));
        expect(run("false")).toBe("slept\n".repeat(30));
        expect(script.indexOf("systemctl enable --now docker")).toBeGreaterThan(script.indexOf("done\n"));
    });

    it("says the same each time", () => expect(userData({ hostKey: "a" })).toBe(userData({ hostKey: "a" })));
});

import { describe, expect, it } from "vitest";
import { addressIn, sshWords } from "./way";

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

import { describe, expect, it } from "vitest";
import { parseHost } from "./host";

describe("the docker host", () => {
    it("is a socket, DOCKER_HOST, or the local engine", () => {
        expect(parseHost("unix:///run/d.sock")).toEqual({ kind: "unix", path: "/run/d.sock" });
        expect(parseHost(undefined, [], { DOCKER_HOST: "unix:///tmp/a.sock" })).toEqual({ kind: "unix", path: "/tmp/a.sock" });
        expect(parseHost(undefined, [], {})).toEqual({ kind: "unix", path: "/var/run/docker.sock" });
        expect(parseHost("tcp://10.0.0.1:2376")).toEqual({ kind: "tcp", host: "10.0.0.1", port: 2376 });
    });

    it("over ssh is the CLI's own command line", () => {
        expect(parseHost("ssh://ubuntu@198.51.100.7:2222", ["-i", "/keys/id", "-o", "UserKnownHostsFile=/keys/known"])).toEqual({
            kind: "ssh",
            command: [
                "ssh", "-o", "ConnectTimeout=30", "-T", "-i", "/keys/id", "-o", "UserKnownHostsFile=/keys/known",
                "-l", "ubuntu", "-p", "2222", "--", "198.51.100.7", "docker", "system", "dial-stdio",
            ],
        });
    });

    it("keeps a bound on connecting that was given", () => {
        expect(parseHost("ssh://host", ["-o", "ConnectTimeout=3"])).toEqual({
            kind: "ssh", command: ["ssh", "-T", "-o", "ConnectTimeout=3", "--", "host", "docker", "system", "dial-stdio"],
        });
    });

    it("refuses what it does not know", () => {
        expect(() => parseHost("198.51.100.7")).toThrow("unable to parse docker host `198.51.100.7`");
        expect(() => parseHost("http://x")).toThrow("unable to parse docker host `http://x`");
    });
});

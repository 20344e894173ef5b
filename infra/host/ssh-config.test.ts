import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseHost } from "../../pocket/provider/docker/engine/host";
import { programOf } from "../../stacks/mocks";
import { scratch } from "../../testing/scratch";

process.env.ANTIPODE_KEYS = scratch();

const theirs = `Host *
    ProxyJump bastion.example
    RemoteCommand tmux
    RequestTTY force
    ControlMaster auto
    ControlPath ~/.ssh/%r@%h
    User ada
    Port 2222
`;

/** The operator's home, with a configuration for the machines at work. */
function home(): string {
    const folder = scratch();
    mkdirSync(join(folder, ".ssh"));
    writeFileSync(join(folder, ".ssh/config"), theirs);
    return folder;
}

/** What ssh itself makes of the words by which the provider reaches an engine. */
function understood(sshOpts: string[]): Record<string, string> {
    const host = parseHost("ssh://ubuntu@198.51.100.7", sshOpts, { HOME: home() });
    if (host.kind !== "ssh") throw new Error("it is no ssh");
    const lines = execFileSync("ssh", ["-G", ...host.command.slice(1, host.command.indexOf("docker"))], { encoding: "utf8" }).trim().split("\n");
    return Object.fromEntries(lines.map((line) => [line.split(" ")[0], line.slice(line.indexOf(" ") + 1)]));
}

describe("the way of the Docker provider to a machine", () => {
    it("would follow the operator's own configuration", () => {
        expect(understood([])).toMatchObject({ proxyjump: "bastion.example", remotecommand: "tmux", controlmaster: "auto", port: "2222", user: "ubuntu" });
    });

    it.each(["cn", "us"] as const)("does not, by what the program of %s gives it", async (stack) => {
        const { made } = await programOf(stack);
        const { sshOpts } = made.find(({ name }) => name === `${stack}-docker`)!.inputs;
        const options = understood(typeof sshOpts === "string" ? JSON.parse(sshOpts) : sshOpts);
        expect(options).toMatchObject({ hostname: "198.51.100.7", port: "22", user: "ubuntu", controlmaster: "false", requesttty: "false" });
        expect(Object.keys(options)).not.toEqual(expect.arrayContaining(["proxyjump"]));
        expect(Object.keys(options)).not.toEqual(expect.arrayContaining(["remotecommand"]));
    });
});

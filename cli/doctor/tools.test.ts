import { describe, expect, it } from "vitest";
import { checkDocker, checkPulumi, checkSsh, type Ask } from "./tools";

/** Answers by the beginning of what is asked; nothing for a program that is not there. */
const machine = (answers: Record<string, [code: number, text: string]>): Ask => async (...words) => {
    const [, answer] = Object.entries(answers).find(([asked]) => words.join(" ").startsWith(asked)) ?? [];
    return answer && { code: answer[0], stdout: answer[0] === 0 ? answer[1] : "", stderr: answer[0] === 0 ? "" : answer[1] };
};
const all = JSON.stringify(["cn", "us", "edge"].map((name) => ({ name: `me/antipode/${name}` })));

describe("pulumi", () => {
    it.each<[string, Parameters<typeof machine>[0], string[]]>([
        ["ready", { "pulumi version": [0, "v3.250.0"], "pulumi whoami": [0, "ada"], "pulumi stack ls": [0, all] }, ["good v3.250.0", "good ada", "good cn, us, edge"]],
        ["not there", {}, ["missing not on the PATH; get it from pulumi.com/docs/install"]],
        ["too old", { "pulumi version": [0, "v3.100.0"] }, ["missing is v3.100.0; the program needs 3.250.0 or newer of the same major version"]],
        ["not logged in", { "pulumi version": [0, "v3.251.0"], "pulumi whoami": [255, "error: not logged in"] },
            ["good v3.251.0", "missing not logged in; run `pulumi login`, or `pulumi login s3://…` for a backend of your own"]],
        ["without stacks", { "pulumi version": [0, "v3.250.0"], "pulumi whoami": [0, "ada"], "pulumi stack ls": [0, '[{"name":"cn"}]'] },
            ["good v3.250.0", "good ada", "missing pulumi stack init us\npulumi stack init edge"]],
    ])("%s", async (_, answers, told) => expect((await checkPulumi(machine(answers))).map(({ level, text }) => `${level} ${text}`)).toEqual(told));
});

describe("docker", () => {
    it("is good when its engine answers", async () => expect(await checkDocker(machine({ "docker version": [0, "28.2.2"] }))).toMatchObject({ level: "good", text: "engine 28.2.2" }));
    it("is missing when only the client is there", async () =>
        expect(await checkDocker(machine({ "docker version": [1, "Cannot connect to the Docker daemon\nmore"] }))).toMatchObject({ level: "missing", text: "its engine does not answer: Cannot connect to the Docker daemon" }));
});

it("ssh tells its version on stderr", async () => expect(await checkSsh(async () => ({ code: 0, stdout: "", stderr: "OpenSSH_9.2p1 Debian-2, OpenSSL 3" }))).toMatchObject({ level: "good", text: "OpenSSH_9.2p1 Debian-2" }));

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { changes, picture } from "../cli/suite/leftovers";
import { home } from "../pocket/home";
import { must, project, pulumi, run, type Outcome } from "./pocket";

const scratch = mkdtempSync(join(tmpdir(), "antipode-refusals-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** One `up` of cn with its settings changed; the stack's own settings stay as they are. */
async function upWith(change: (config: Record<string, unknown>) => void): Promise<Outcome> {
    const file = parse(readFileSync(join(home.state, "Pulumi.cn.yaml"), "utf8")) as { config: Record<string, unknown> };
    change(file.config);
    const changed = join(scratch, "Pulumi.cn.yaml");
    writeFileSync(changed, stringify(file));
    return pulumi("up", "--yes", "--skip-preview", "-s", "cn", "--config-file", changed);
}

/** Every resource of cn with the time of its last change; a state's secrets are encrypted anew each time that it is written. */
const resources = async () => {
    const state = JSON.parse(await must(pulumi("stack", "export", "-s", "cn"))) as { deployment: { resources: { urn: string; id?: string; modified?: string }[] } };
    return state.deployment.resources.map(({ urn, id, modified }) => ({ urn, id, modified }));
};

describe("settings that are not usable", () => {
    it.each<[string, (config: Record<string, unknown>) => void, RegExp[]]>([
        ["a missing secret", (c) => { delete c["antipode:wechatSecret"]; }, [/wechatSecret/, /pulumi config set .*--secret .*wechatSecret/]],
        ["a misspelt setting", (c) => { c["antipode:bandwithMbps"] = "5"; }, [/bandwithMbps/, /bandwidthMbps/]],
        ["a bad CIDR", (c) => { c["antipode:networkCidr"] = "10.12.0.0/33"; }, [/networkCidr/, /10\.12\.0\.0\/33/]],
        ["administrators everywhere", (c) => { c["antipode:adminCidrs"] = ["0.0.0.0/0"]; }, [/adminCidrs/, /0\.0\.0\.0\/0/]],
        ["a domain without a dot", (c) => { c["antipode:domain"] = "yourapp"; }, [/domain/, /yourapp/]],
        ["a plan that does not exist", (c) => { c["antipode:plan"] = "sharded"; }, [/plan/, /standalone/]],
        ["a secret in plain text", (c) => { c["antipode:wechatSecret"] = "in-the-open"; }, [/wechatSecret/, /--secret/]],
    ])("%s: one error, and nothing changes", async (_, change, expected) => {
        const before = await resources();
        const { code, stdout, stderr } = await upWith(change);
        const said = stdout + stderr;
        expect(code).not.toBe(0);
        expect(said.match(/^ +error: .*/gm)).toEqual(["    error: SETTINGS_INVALID: The settings of stack cn are not usable:"]);
        expect(await resources()).toEqual(before);
        for (const pattern of expected) expect(said).toMatch(pattern);
        expect(said).not.toMatch(/^\s+at .*\.[jt]s:\d+/m);
        expect(said).not.toContain("in-the-open");
    });
});

describe("what the machine cannot become", () => {
    it.each<[string, (config: Record<string, unknown>) => void, string]>([
        ["another zone", (c) => { c["antipode:zone"] = "ap-shanghai-5"; }, "MACHINE_STAYS: The zone of stack cn is ap-shanghai-5, and its machine stands in ap-shanghai-2. Another machine would have an empty database."],
        ["a smaller disk", (c) => { c["antipode:diskGb"] = 20; }, "DISK_SHRINKS: The diskGb of stack cn is 20, and its machine's disk has 50 GB. The clouds only grow disks."],
    ])("%s: one error, and nothing changes", async (_, change, expected) => {
        const before = await resources();
        const { code, stdout, stderr } = await upWith(change);
        expect(code).not.toBe(0);
        expect((stdout + stderr).match(/^ +error: .*/gm)).toEqual([`    error: ${expected}`]);
        expect(await resources()).toEqual(before);
    });
});

describe("a machine that the pocket cloud cannot be on", () => {
    // The command line as it is, over a state of its own: what it refuses must leave nothing there.
    const elsewhere = (env: NodeJS.ProcessEnv = {}, ...prefix: string[]) => {
        const [file, ...args] = [...prefix, process.execPath, "cli/antipode.mjs", "up"];
        return run(file!, args, { XDG_STATE_HOME: join(scratch, "state"), ...env });
    };
    let before: string[];
    beforeAll(async () => void (before = await picture()));
    afterEach(async () => expect(changes(before, await picture())).toEqual([]));

    it("without permission", async () => {
        const { code, stderr } = await elsewhere({ HOME: scratch, XDG_CACHE_HOME: "/tmp" }, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        expect([code, stderr]).toEqual([1, expect.stringMatching(/^NOT_ROOT: /m)]);
    });

    it("with too little disk", async () => {
        const small = join(scratch, "small");
        await must(run("bash", ["-c", `mkdir -p ${small} && mount -t tmpfs -o size=64m tmpfs ${small}`]));
        try {
            const { code, stderr } = await elsewhere({ XDG_CACHE_HOME: small });
            expect([code, stderr]).toEqual([1, expect.stringMatching(/^DISK_TOO_SMALL: .*0\.1/m)]);
        } finally {
            await run("umount", [small]);
        }
    });

    it("without Docker, where none can be had", async () => {
        const { code, stderr } = await elsewhere({}, "unshare", "--mount", "bash", "-c", hide("dockerd", "apt-get"), "bash");
        expect([code, stderr]).toEqual([1, expect.stringMatching(/^PROGRAMS_MISSING: .*dockerd/m)]);
    });

    it("with an address range in use", async () => {
        await must(run("ip", ["route", "add", "198.18.3.200/32", "dev", "lo"]));
        try {
            const { code, stderr } = await elsewhere();
            expect([code, stderr]).toEqual([1, expect.stringMatching(/^RANGE_TAKEN: .*198\.18\.3\.200/m)]);
        } finally {
            await run("ip", ["route", "del", "198.18.3.200/32", "dev", "lo"]);
        }
    });

    it("with a port in use, here by the pocket cloud that is up", async () => {
        const { code, stderr } = await elsewhere();
        expect([code, stderr]).toEqual([1, expect.stringMatching(/^ADDRESS_TAKEN: the pocket's aws provider cannot listen on 127\.0\.0\.1, port 18801: /m)]);
        expect((await run(process.execPath, ["cli/antipode.mjs", "status"])).code).toBe(0);
    });
});

/** A shell line that hides programs in a mount name space of its own and goes on with its arguments. */
function hide(...programs: string[]): string {
    return `${programs.map((name) => `for file in $(type -aP ${name}); do mount --bind /dev/null $file; done`).join("; ")}; cd ${project}; exec "$@"`;
}

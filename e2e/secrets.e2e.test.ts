import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { home } from "../pocket/home";
import { foundIn, needles } from "./needles";
import { appService, inside, must, run } from "./pocket";

let wanted: Map<string, string>;
const found = (text: string) => foundIn(text, wanted);

beforeAll(async () => {
    wanted = await needles();
}, 60_000);

describe("no secret in plain text", () => {
    it("is known to this test but those that there are", () => {
        expect([...wanted.keys()]).toEqual(expect.arrayContaining(["jwt-secret-0", "jwt-secret-1", "peer-secret", "cn-database-root-password", "cn-database-app-password", "wechatSecret", "cn-keys-operator privateKeyOpenssh", "us-keys-host privateKeyOpenssh"]));
        for (const needle of wanted.values()) expect(needle.length).toBeGreaterThan(11);
    });

    it("in Pulumi's state and settings", () => {
        const texts = filesBelow(join(home.state, "pulumi", ".pulumi")).concat(["cn", "us", "edge"].map((s) => join(home.state, `Pulumi.${s}.yaml`)));
        expect(texts.length).toBeGreaterThan(5);
        expect(found(texts.map((file) => readFileSync(file, "latin1")).join("\n"))).toEqual([]);
    });

    it("in user-data", () => {
        const texts = filesBelow(join(home.state, "machines")).map((file) => readFileSync(file, "utf8"));
        expect(texts.length).toBe(6);
        expect(found(texts.join("\n"))).toEqual([]);
    });

    it("in images, not in one layer", async () => {
        const docker = `docker -H unix://${home.state}/docker.sock`;
        const script = `set -o pipefail; images=$(${docker} images --format '{{.Repository}}:{{.Tag}}' | grep ^registry.pocket.test/ | grep -v '<none>'); echo $images | wc -w; ${docker} save $images | { grep --text --only-matching --fixed-strings --file=/dev/fd/3 3<<<"$NEEDLES" || true; }`;
        const stdout = await must(run("bash", ["-c", script], { NEEDLES: [...wanted.values()].map((needle) => needle.split("\n")[0]!).filter((line) => !sharedHeader.test(line)).join("\n") }));
        // The count of images, and after it whatever was found.
        expect(stdout.trim()).toMatch(/^([4-9]|\d\d)$/);
    }, 120_000);

    it.each(["cn", "us"])("on the machine in %s: not in docker inspect, command lines, environments or logs", async (region) => {
        const seen = await inside(region, `
            docker service inspect $(docker service ls -q); docker inspect $(docker ps -aq); docker secret inspect $(docker secret ls -q); docker config ls
            cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'
            cat /var/lib/docker/containers/*/*-json.log; find /var/log -type f -exec cat {} +; journalctl --no-pager 2>/dev/null | tail -n 5000`);
        expect(seen).toContain(appService);
        expect(found(seen)).toEqual([]);
    }, 60_000);

    it("on this computer: not in a command line or a log", async () => {
        const logs = [home.log, ...filesBelow(join(home.state, "processes")), join(home.state, "acme", "pebble.log")].map((file) => readFileSync(file, "utf8"));
        const lines = await must(run("ps", ["-eww", "-o", "args"]));
        expect(found([lines, ...logs].join("\n"))).toEqual([]);
    });
});

/** The first line of an OpenSSH key is the same for all of a kind. */
const sharedHeader = /^b3BlbnNzaC1rZXk/;

function filesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

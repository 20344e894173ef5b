import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { home } from "../pocket/home";
import { accounts, inside, must, pulumi, run } from "./pocket";

/** What is looked for, by what it is. The bootstrap host key is not among them: it is void after the first contact. */
const needles = new Map<string, string>();

beforeAll(async () => {
    const open = ["cloudflareAccountId", "cloudflareZoneId", "volcengineEndpointId", "wechatAppid"];
    for (const [name, value] of Object.entries(accounts())) if (!open.includes(name)) needles.set(name, value);
    for (const stack of ["cn", "us"]) {
        const state = JSON.parse(await must(pulumi("stack", "export", "-s", stack, "--show-secrets"))) as { deployment: { resources: Resource[] } };
        for (const { urn, type, outputs } of state.deployment.resources) {
            const name = urn.split("::").pop()!;
            if (type === "random:index/randomPassword:RandomPassword") needles.set(name, plain(outputs.result));
            if (type !== "tls:index/privateKey:PrivateKey" || name.endsWith("bootstrap")) continue;
            for (const form of ["privateKeyPem", "privateKeyOpenssh", "privateKeyPemPkcs8"]) {
                if (outputs[form]) needles.set(`${name} ${form}`, body(plain(outputs[form])));
            }
        }
    }
}, 60_000);

describe("no secret in plain text", () => {
    it("is known to this test but those that there are", () => {
        expect([...needles.keys()]).toEqual(expect.arrayContaining(["jwt-secret", "cn-database-root-password", "cn-database-app-password", "wechatSecret", "cn-keys-operator privateKeyOpenssh", "us-keys-host privateKeyOpenssh"]));
        for (const needle of needles.values()) expect(needle.length).toBeGreaterThan(11);
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
        const script = `images=$(${docker} images --format '{{.Repository}}:{{.Tag}}' | grep ^registry.pocket.test/ | grep -v '<none>'); echo $images | wc -w; ${docker} save $images | { grep --text --only-matching --fixed-strings --file=/dev/fd/3 3<<<"$NEEDLES" || true; }`;
        const { stdout } = await run("bash", ["-c", script], { NEEDLES: [...needles.values()].map((needle) => needle.split("\n")[0]!).filter((line) => !sharedHeader.test(line)).join("\n") });
        // The count of images, and after it whatever was found.
        expect(stdout.trim()).toMatch(/^([4-9]|\d\d)$/);
    }, 120_000);

    it.each(["cn", "us"])("on the machine in %s: not in docker inspect, command lines, environments or logs", async (region) => {
        const seen = await inside(region, `
            docker service inspect $(docker service ls -q); docker inspect $(docker ps -aq); docker secret inspect $(docker secret ls -q); docker config ls
            cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'
            cat /var/lib/docker/containers/*/*-json.log; find /var/log -type f -exec cat {} +; journalctl --no-pager 2>/dev/null | tail -n 5000`);
        expect(seen).toContain("app-1-0-0");
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

interface Resource { urn: string; type: string; outputs: Record<string, unknown> }

function plain(value: unknown): string {
    const secret = value as { plaintext?: string } | string;
    return typeof secret === "string" ? secret : (JSON.parse(secret.plaintext!) as string);
}

/** A key without its first and last line: all its lines, because some of them say only what the public half says too. */
function body(pem: string): string {
    return pem.trim().split("\n").slice(1, -1).join("\n");
}

/** The names of the needles in a text, as they are or as JSON writes them. */
function found(text: string): string[] {
    return [...needles].filter(([, needle]) => text.includes(needle) || text.includes(JSON.stringify(needle).slice(1, -1))).map(([name]) => name);
}

function filesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

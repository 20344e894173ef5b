import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { scratch } from "../../testing/scratch";
import { commandLine } from "../main";
import { good, quiet, statusWith, toldOf, underWay } from "./fixture";

const { region: _, ...finished } = toldOf("finished", { phase: "finished", weight: 100 });
const { region: __, ...began } = toldOf("began: from 1.4.0", { phase: "starting", weight: 0, time: "2026-11-27T12:34:50.000Z" });

/** Real machines, as far as a command sees them: `ssh` runs its line here, with a `docker` that answers for the pilot. */
class Machines {
    private readonly folder = scratch();
    readonly keys = scratch();
    private readonly asked = join(this.folder, "asked");

    constructor() {
        for (const [region, address] of [["us", "198.51.100.4"], ["cn", "203.0.113.9"]] as const) {
            mkdirSync(join(this.keys, region));
            writeFileSync(join(this.keys, region, "known_hosts"), `${address} ssh-ed25519 AAAA\n`);
        }
        this.program("ssh", `for last; do host=$line; line=$last; done; [ -e ${this.folder}/unreachable-$host ] && { echo "connect to host: timed out" >&2; exit 255; }; HOST=$host exec sh -c "$line"`);
        // ps gives a container; exec answers with the file of the pilot's word, or runs what else it is told.
        this.program("docker", `[ "$1" = ps ] && { [ -e ${this.folder}/no-\${4##*name=} ] || echo container; exit; }
echo "$*" >> ${this.asked}
[ "$4" = dist/pilot.js ] || exit 7
[ -e ${this.folder}/$5.refused ] && { cat ${this.folder}/$5.refused >&2; exit 1; }
cat ${this.folder}/$5.json`);
        // It does not say what stands: the keys do.
        this.program("pulumi", "exit 1");
        this.says("status", { certificates: [{ name: "us.yourapp.com" }, { name: "api.yourapp.com" }], releases: quiet });
    }

    get path(): string {
        return `${this.folder}:${process.env.PATH}`;
    }

    says(word: string, answer: unknown): void {
        writeFileSync(join(this.folder, `${word}.json`), JSON.stringify(answer));
    }

    refuses(word: string, code: string, details: Record<string, string> = {}): void {
        writeFileSync(join(this.folder, `${word}.refused`), `${JSON.stringify({ error: "", code, details })}\n`);
    }

    unreachable(address: string): void {
        writeFileSync(join(this.folder, `unreachable-ubuntu@${address}`), "");
    }

    without(service: string): void {
        writeFileSync(join(this.folder, `no-${service}`), "");
    }

    /** What was run in containers. */
    get ran(): string[] {
        return existsSync(this.asked) ? readFileSync(this.asked, "utf8").trim().split("\n").map((line) => line.trimEnd()) : [];
    }

    /** A `pulumi up` that ends with this status; what it made, the pilot has begun to release. */
    up(status: number, begun: unknown): void {
        writeFileSync(join(this.folder, "begun.json"), JSON.stringify(begun));
        this.program("pulumi", `[ "$1" = stack ] && exit 1\necho "pulumi $* $ANTIPODE_STRATEGY" >> ${this.asked}\ncp ${this.folder}/begun.json ${this.folder}/events.json\nexit ${status}`);
    }

    private program(name: string, text: string): void {
        writeFileSync(join(this.folder, name), `#!/bin/sh\n${text}\n`);
        chmodSync(join(this.folder, name), 0o755);
    }
}

describe("the commands about releases, on real machines", () => {
    let machines: Machines;
    let out: string[], err: string[];
    beforeEach(() => {
        machines = new Machines();
        [out, err] = [[], []];
        vi.stubEnv("PATH", machines.path);
        vi.stubEnv("ANTIPODE_KEYS", machines.keys);
        vi.stubEnv("ANTIPODE_STRATEGY", "");
        vi.spyOn(console, "log").mockImplementation((text: string) => void out.push(text));
        vi.spyOn(console, "error").mockImplementation((text: string) => void err.push(text));
        vi.spyOn(process.stderr, "write").mockReturnValue(true);
    });
    afterEach(() => {
        vi.unstubAllEnvs();
        vi.unstubAllGlobals();
        vi.restoreAllMocks();
        process.exitCode = undefined;
    });

    const run = async (...words: string[]) => void (await commandLine().parseAsync([...words, "--real"], { from: "user" }));
    const printed = () => JSON.parse(out.join("\n")) as unknown;

    it("releases prints the events as they are, of all regions, each with its region", async () => {
        machines.says("events", [began, finished]);
        await run("releases", "--json");
        expect(printed()).toEqual([{ region: "us", ...began }, { region: "cn", ...began }, { region: "us", ...finished }, { region: "cn", ...finished }]);
        expect(machines.ran).toEqual(["exec container node dist/pilot.js events", "exec container node dist/pilot.js events"]);
    });

    it("releases asks for one version, or one id", async () => {
        machines.says("events", [began]);
        await run("releases", "us", "v1.5.0");
        await run("releases", "us", underWay.id);
        expect(machines.ran).toEqual(["exec container node dist/pilot.js events 1.5.0", `exec container node dist/pilot.js events ${underWay.id}`]);
        expect(out[0]).toContain("began: from 1.4.0");
        await expect(run("releases", "us", "newest")).rejects.toMatchObject({ code: "VERSION_INVALID" });
    });

    it("releases -f follows the one that is under way to its end", async () => {
        machines.says("status", { certificates: [], releases: statusWith() });
        machines.says("follow", { status: quiet, events: [began, finished] });
        const lines: string[] = [];
        vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
        await run("releases", "us", "-f", "--json");
        expect([lines.map((line) => (JSON.parse(line) as { what: string }).what), process.exitCode, err]).toEqual([["began: from 1.4.0", "finished"], 0, ["✔ us: all visitors get 1.5.0"]]);
    });

    it("releases -f ends with 3 where it is paused, and needs one to follow", async () => {
        machines.says("status", { certificates: [], releases: statusWith() });
        machines.says("follow", { status: statusWith({ paused: "by ada" }), events: [toldOf("paused: by ada")] });
        vi.spyOn(process.stdout, "write").mockReturnValue(true);
        await run("releases", "us", "-f");
        expect(process.exitCode).toBe(3);
        machines.says("status", { certificates: [], releases: quiet });
        await expect(run("releases", "-f")).rejects.toMatchObject({ code: "RELEASE_NONE", remedy: expect.stringContaining("npx antipode releases us --real") });
    });

    it("versions and traffic tell what there is", async () => {
        machines.says("status", { certificates: [{ name: "us.yourapp.com" }], releases: statusWith() });
        await run("versions", "us", "--json");
        expect(printed()).toEqual([{ region: "us", serving: "1.4.0", onItsWay: "1.5.0", versions: statusWith().versions, unreadable: [] }]);
        out = [];
        await run("traffic", "us", "--json");
        expect(printed()).toMatchObject([{ region: "us", url: "https://us.yourapp.com", shares: [{ version: "1.5.0", share: 10, role: "candidate", figures: good }, { version: "1.4.0", share: 90, role: "stable" }] }]);
    });

    it("an order says who gives it; what the pilot refuses is an error with its remedy", async () => {
        machines.says("promote", { ...underWay, step: 1 });
        await run("promote", "us");
        expect([out, machines.ran.at(-1)]).toEqual([["✔ us: 1.5.0 is led on: 50 % of the visitors get it"], expect.stringMatching(/^exec container node dist\/pilot\.js promote \S+$/)]);
        machines.refuses("resume", "RELEASE_NOT_PAUSED", { version: "1.5.0" });
        await expect(run("resume", "us")).rejects.toMatchObject({ code: "RELEASE_NOT_PAUSED", message: "The release of 1.5.0 is not paused." });
    });

    it("pause without a region is for those where a release is under way", async () => {
        await expect(run("pause")).rejects.toMatchObject({ code: "RELEASE_NONE" });
        machines.says("status", { certificates: [], releases: statusWith() });
        machines.says("pause", { ...underWay, paused: "by ada" });
        await run("pause", "--json");
        expect(printed()).toMatchObject([{ region: "us", paused: "by ada" }, { region: "cn", paused: "by ada" }]);
    });

    it("rollback waits until the live address answers with the version, in each region", async () => {
        machines.says("rollback", { ...underWay, version: "1.3.0", id: "20261127130000-1.3.0" });
        const asked: string[] = [];
        vi.stubGlobal("fetch", async (url: string) => {
            asked.push(url);
            return new Response(JSON.stringify({ status: "healthy", region: "US", version: asked.length > 1 ? "1.3.0" : "1.4.0" }));
        });
        await run("rollback", "us", "1.3.0", "--json");
        expect([printed(), asked]).toEqual([[{ region: "us", version: "1.3.0", release: "20261127130000-1.3.0", url: "https://us.yourapp.com" }], Array(3).fill("https://us.yourapp.com/api/health")]);
        // Nothing is asked before the order.
        expect(machines.ran).toEqual([expect.stringMatching(/dist\/pilot\.js rollback \S+ 1\.3\.0$/), "exec container node dist/pilot.js status"]);
    });

    it.each([
        [["rollback", "us", "1.x"], "VERSION_INVALID"],
        [["rollback", "uk", "1.3.0"], "REGION_UNKNOWN"],
        [["shell", "us", "1.x"], "VERSION_INVALID"],
        [["logs", "us", "--version", "latest"], "VERSION_INVALID"],
        [["release", "--strategy", "brave"], "STRATEGY_INVALID"],
        [["release", "--strategy", "50,10,100"], "STRATEGY_INVALID"],
        [["release", "--regions", "us,uk"], "REGION_UNKNOWN"],
    ])("%j is refused before a machine is asked", async (words, code) => {
        await expect(run(...words)).rejects.toMatchObject({ code });
        expect(machines.ran).toEqual([]);
    });

    it.each([
        ["VERSION_NOT_KEPT", { version: "9.9.9", kept: "1.4.0, 1.3.0" }, "9.9.9 is not kept; kept are 1.4.0, 1.3.0."],
        ["VERSION_SERVES", { version: "1.4.0" }, "1.4.0 serves already."],
        ["RELEASE_UNDER_WAY", { version: "1.5.0" }, "The release of 1.5.0 is under way."],
    ])("rollback is refused with %s", async (code, details, message) => {
        machines.refuses("rollback", code, details);
        await expect(run("rollback", "us", "9.9.9")).rejects.toMatchObject({ code, message });
    });

    it("release is refused where the version in the source serves, was made, or another is under way", async () => {
        const { version } = JSON.parse(readFileSync(join(__dirname, "../../app/package.json"), "utf8")) as { version: string };
        machines.says("status", { certificates: [], releases: { ...quiet, serving: version } });
        machines.says("events", []);
        await expect(run("release")).rejects.toMatchObject({ code: "VERSION_SERVES", message: `${version} serves already.` });
        machines.says("status", { certificates: [], releases: { ...quiet, versions: [{ version, instances: 0, healthy: 0 }] } });
        await expect(run("release", "--regions", "us")).rejects.toMatchObject({ code: "VERSION_MADE" });
        machines.says("status", { certificates: [], releases: statusWith() });
        await expect(run("release", "--regions", "us")).rejects.toMatchObject({ code: "RELEASE_UNDER_WAY" });
    });

    describe("release", () => {
        const { version } = JSON.parse(readFileSync(join(__dirname, "../../app/package.json"), "utf8")) as { version: string };
        const event = (what: string, phase: "starting" | "finished" | "back") => ({ time: "2026-11-27T12:34:56.000Z", release: `20261127123456-${version}`, version, phase, weight: 0, what, who: "by itself" });
        const lines: string[] = [];
        beforeEach(() => {
            lines.length = 0;
            machines.says("events", []);
            vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
        });
        const pulumis = () => machines.ran.filter((line) => line.startsWith("pulumi"));

        it("hands over to the user's own Pulumi, region after region, and follows", async () => {
            machines.up(0, [event("began: from 1.4.0", "starting")]);
            machines.says("follow", { status: quiet, events: [event("began: from 1.4.0", "starting"), event("finished", "finished")] });
            await run("release", "--strategy", "high", "--regions", "us", "--json");
            expect([pulumis(), lines.map((line) => (JSON.parse(line) as { region: string; what: string }).what), process.exitCode]).toEqual([["pulumi up -s us --policy-pack policy high"], ["began: from 1.4.0", "finished"], 0]);
        });

        it("does not begin in the second region when it went back in the first", async () => {
            machines.up(0, [event("began: from 1.4.0", "starting")]);
            machines.says("follow", { status: quiet, events: [event("gone back: 30 % errors", "back")] });
            await run("release", "--json");
            expect([pulumis(), process.exitCode]).toEqual([["pulumi up -s us --policy-pack policy"], 2]);
        });

        it("goes on in one region when the other's pilot is of no use, and ends with 1", async () => {
            machines.up(0, [event("began: from 1.4.0", "starting")]);
            machines.refuses("follow", "RELEASE_NONE");
            await run("release", "--at-once", "--json");
            expect([err.filter((text) => text.includes("RELEASE_NONE")).length, process.exitCode]).toEqual([2, 1]);
        });

        it("follows nothing when `pulumi up` fails, or was declined", async () => {
            machines.up(255, []);
            await expect(run("release", "--json")).rejects.toMatchObject({ code: "REAL_UP_FAILED", message: "`pulumi up -s us` ended with 255." });
        });

        it("does both at once when it is told to", async () => {
            machines.up(0, [event("began: from 1.4.0", "starting")]);
            machines.says("follow", { status: quiet, events: [event("finished", "finished")] });
            await run("release", "--at-once", "--json");
            // Whichever answers first.
            expect([pulumis(), lines.map((line) => (JSON.parse(line) as { region: string }).region).sort(), process.exitCode]).toEqual([["pulumi up -s us --policy-pack policy", "pulumi up -s cn --policy-pack policy"], ["cn", "us"], 0]);
        });
    });

    it("a machine that is not reached is an error, and keeps nobody from the other one", async () => {
        machines.unreachable("198.51.100.4");
        await expect(run("versions", "us")).rejects.toMatchObject({ code: "HOST_UNREACHABLE", message: "There is no connection to the machine of us (198.51.100.4): connect to host: timed out" });
        await run("versions", "--json");
        expect([(printed() as { region: string }[]).map(({ region }) => region), err, process.exitCode]).toEqual([["cn"], [expect.stringMatching(/^\nHOST_UNREACHABLE: /)], 1]);
    });

    it("a region without a pilot is an error", async () => {
        machines.without("pilot");
        await expect(run("traffic", "us")).rejects.toMatchObject({ code: "PILOT_GONE", remedy: expect.stringContaining("npx antipode logs us --real pilot") });
    });

    it("shell runs in an instance of the version that serves, or of another, and gives its status", async () => {
        const shell = async (...words: string[]) => void (await commandLine().parseAsync(["shell", "us", "--real", ...words], { from: "user" }));
        await shell("--", "true");
        await shell("1.3.0", "--", "ls", "-l");
        expect([machines.ran.slice(-2), process.exitCode]).toEqual([["exec -i container true", "exec -i container ls -l"], 7]);
        machines.without("app-1-3-0");
        await expect(shell("1.3.0")).rejects.toMatchObject({ code: "NO_INSTANCE", message: "No instance of 1.3.0 runs in us." });
    });
});

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { home } from "../pocket/home";
import { until } from "../pocket/until";
import { foundIn, needles, watchCommandLines } from "./needles";
import { antipode, health, must, project, pulumi, run } from "./pocket";

const doorIsOpen = async () => (await must(run("nft", ["list", "table", "ip", "antipode"]))).includes("27017");

describe("a region", () => {
    it("that holds the database is not destroyed under another that needs it", async () => {
        const { code, stdout, stderr } = await pulumi("destroy", "-s", "cn", "--yes", "--skip-preview");
        expect(code).not.toBe(0);
        expect(stdout + stderr).toMatch(/us.*still|still.*us/is);
        expect(stdout + stderr).toMatch(/pulumi destroy -s us/);
        expect(await health("cn")).toMatchObject({ status: "healthy", region: "CN" });
    });

    it("that goes closes its door behind it, and leaves the others as they were", async () => {
        expect(await doorIsOpen()).toBe(true);
        await must(antipode("pulumi", "--", "destroy", "-s", "us", "--yes", "--skip-preview"));
        expect(await doorIsOpen()).toBe(false);
        expect((await pulumi("preview", "-s", "cn", "--expect-no-changes")).code).toBe(0);
        expect(await until(() => health("us").then((h) => h.region), { seconds: 30 })).toBe("CN");
    });

    it("alone is growth stage 1: `up cn edge` leads everybody to it", async () => {
        const { code, stderr } = await antipode("up", "cn", "edge");
        expect(code, stderr).toBe(0);
        expect(stderr).toMatch(/Stack cn: 0 changes/);
        expect(stderr).toMatch(/cn is served from CN, us is served from CN/);
        const { pools } = JSON.parse(await must(antipode("pulumi", "--", "stack", "output", "-s", "edge", "--json"))) as { pools: object };
        expect(Object.keys(pools)).toEqual(["cn"]);
    });
});

describe("an `up`", () => {
    it("that was killed in the middle is finished by the next; a second at the same time says so and leaves", async () => {
        const first = spawn(process.execPath, ["cli/antipode.mjs", "up"], { cwd: project, detached: true, stdio: ["ignore", "ignore", "pipe"] });
        let told = "";
        first.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
        await until(() => /\+ Eip us-address/.test(told), { seconds: 120, what: "the middle of the stack us" });

        const second = await antipode("up");
        expect([second.code, second.stderr]).toEqual([1, expect.stringMatching(/^ALREADY_RUNNING: .*up.*\n/m)]);

        await until(() => /\+ (Instance us-machine|Image us-images-gateway)/.test(told), { seconds: 120, what: "a machine that begins" });
        process.kill(-first.pid!, "SIGKILL");
        const watch = watchCommandLines();
        const finished = await antipode("up");
        const commandLines = watch.stop();
        expect(finished.code, finished.stderr).toBe(0);
        // Adding us changes nothing in cn.
        expect(finished.stderr).toMatch(/Stack cn: 0 changes/);
        expect(commandLines).toMatch(/docker system dial-stdio/);
        expect(foundIn(commandLines, await needles())).toEqual([]);
        expect(await doorIsOpen()).toBe(true);
        for (const stack of ["cn", "us", "edge"]) expect((await pulumi("preview", "-s", stack, "--expect-no-changes")).code, stack).toBe(0);
        // Nothing is there twice: what the killed run had half made was found again.
        const cloud = JSON.parse(readFileSync(home.store, "utf8")) as { cloud: string; kind: string; props: { tags?: Record<string, string> } }[];
        expect(cloud.filter((r) => r.kind === "instance").map((r) => r.cloud).sort()).toEqual(["aws", "tencent"]);
        expect(cloud.filter((r) => r.cloud === "aws" && r.kind === "vpc")).toHaveLength(1);
    }, 400_000);

    it("with nothing to do changes nothing", async () => {
        const { code, stderr } = await antipode("up");
        expect(code).toBe(0);
        for (const stack of ["cn", "us", "edge"]) expect(stderr).toMatch(new RegExp(`Stack ${stack}: 0 changes, \\d+ unchanged`));
    });

    afterAll(() => antipode("up"), 300_000);
});

describe("the preview for CI", () => {
    it("passes with the policy pack, every stack", async () => {
        const { code, stderr } = await antipode("preview");
        expect(code, stderr).toBe(0);
    });
});

import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../system/run";
import { scratch } from "../../testing/scratch";
import { answerOf, pilotLine } from "./pilot";

/** Runs the line with a `docker` that has these pilots and repeats what it is to execute. */
async function asked(pilots: string, words: string[]) {
    const bin = scratch();
    writeFileSync(join(bin, "docker"), `#!/bin/sh\n[ "$1" = ps ] && { printf '${pilots}'; exit \${DOCKER:-0}; }\nfor word; do echo "<$word>"; done\n`);
    chmodSync(join(bin, "docker"), 0o755);
    const ask = async (env: Record<string, string> = {}) => {
        const { code, stdout } = await run("sh", ["-c", pilotLine(words)], { env: { PATH: `${bin}:${process.env.PATH}`, ...env } });
        return [code, stdout.trim().split("\n").join(" ")];
    };
    return ask;
}

describe("what is asked of a region's pilot", () => {
    it("reaches it word for word", async () => {
        expect(await (await asked("abc\\ndef\\n", ["rollback", "it's me", ""]))()).toEqual([0, "<exec> <abc> <node> <dist/pilot.js> <rollback> <it's me> <>"]);
    });

    it("has to have a pilot to ask, and a Docker to find it by", async () => {
        const ask = await asked("", ["events"]);
        expect([await ask(), await ask({ DOCKER: "1" })]).toEqual([[69, ""], [1, ""]]);
    });
});

describe("what the pilot answers", () => {
    const about = { region: "us", target: "us --real" };
    const thrown = (code: number, stdout: string, stderr: string) => {
        try {
            return answerOf({ code, stdout, stderr }, about);
        } catch (error) {
            return [(error as { code: string }).code, (error as Error).message, (error as { remedy: string }).remedy.split(":")[0]];
        }
    };

    it("is a value", () => expect(answerOf({ code: 0, stdout: '{"serving":"1.4.0"}', stderr: "" }, about)).toEqual({ serving: "1.4.0" }));

    it.each<[string, number, string, string, string, string]>([
        ["a refusal", 1, "", '{"error":"9.9.9 is not kept.","code":"VERSION_NOT_KEPT","details":{"version":"9.9.9","kept":"1.1.0, 1.0.0"}}', "VERSION_NOT_KEPT", "9.9.9 is not kept; kept are 1.1.0, 1.0.0."],
        ["a refusal after a warning", 1, "", 'Warning: x\n{broken\n{"code":"RELEASE_NONE","details":{}}\n', "RELEASE_NONE", "No release is under way."],
        ["a refusal of a kind that nobody knows", 1, "", '{"code":"TOO_NEW"}', "PILOT_SILENT", 'The pilot of us gives no answer: {"code":"TOO_NEW"}'],
        ["no pilot", 69, "", "", "PILOT_GONE", "No pilot runs in us."],
        ["a pilot that is only starting", 1, "", "connect ENOENT /run/pilot.sock", "PILOT_SILENT", "The pilot of us gives no answer: connect ENOENT /run/pilot.sock"],
        ["an end without a word", 137, "", "", "PILOT_SILENT", "The pilot of us gives no answer: its client ended with 137."],
        ["half an answer", 0, '{"serv', "", "PILOT_SILENT", 'The pilot of us gives no answer: it said "{\\"serv".'],
    ])("is an error where it cannot be: %s", (_, code, stdout, stderr, fault, message) => {
        expect(thrown(code, stdout, stderr)).toEqual([fault, message, expect.any(String)]);
    });

    it("names in its remedy the machine that was asked", () => {
        expect(() => answerOf({ code: 69, stdout: "", stderr: "" }, about)).toThrow(expect.objectContaining({ remedy: expect.stringContaining("npx antipode logs us --real pilot") }));
    });
});

import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratch } from "./scratch";
import { World, type App } from "./world";

const run = promisify(execFile);

const FINDER = join(__dirname, "../../tools/schemathesis/find.mjs");
/** It takes one on an idle machine, and the first time one more for the download. */
const MINUTES = 12;

/** What schemathesis says of its run, as far as it is read here. */
interface Report {
    complete: boolean;
    operations: { total: number; tested: number; errored: number };
    test_cases: { generated: number };
    failures: { code: string; title: string; operations: string[] }[];
}

/** What there is, so that not every request ends with a 404: half of them ask for it. */
const settings = (known: { session: string; stream: string }, report: string): string => `
continue-on-failure = true
warnings = false
cache = { enabled = false }
reports.json.path = ${JSON.stringify(report)}

[generation]
deterministic = true
max-examples = 30
# No schema says it, but no text may hold one.
allow-x00 = false

[phases.coverage]
generate-duplicate-query-parameters = true

[dictionaries]
sessions.values = [${JSON.stringify(known.session)}]
streams.values = [${JSON.stringify(known.stream)}]
codes.values = ["dev:ada"]

[parameters]
"path.streamId" = { dictionary = "streams", probability = 0.5 }
"body.sessionId" = { dictionary = "sessions", probability = 0.5 }
"body.code" = { dictionary = "codes", probability = 0.5 }

[[operations]]
include-operation-id = "listMessages"
parameters."path.id" = { dictionary = "sessions", probability = 0.5 }

# No schema says that names differ, that a position is not behind the end, or which keys are ways to a prototype.
[[operations]]
include-operation-id = ["createAgentSession", "resumeStream", "saveAgentState"]
checks.positive_data_acceptance.enabled = false

# No schema says that a key is not used for two messages.
[[operations]]
include-operation-id = ["chat", "runAgentStep"]
checks.positive_data_acceptance.expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "422", "429", "5xx"]
`;

describe("the interface", () => {
    let world: World;
    let app: App;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ DEV_LOGIN: "true" });
    });
    afterAll(() => world.stop());

    it("does what its document says, whatever it is asked", { timeout: MINUTES * 60_000 }, async () => {
        const token = await app.login();
        const { streamId, sessionId } = (await app.chat(token, { message: "Hi" })).events[0]!.data;
        const folder = scratch();
        const report = join(folder, "report.json");
        writeFileSync(join(folder, "schemathesis.toml"), settings({ session: sessionId, stream: streamId }, report));

        const { stdout: packages } = await run(process.execPath, [FINDER]);
        const words = ["-m", "schemathesis.cli", "run", `${app.url}/docs/json`, "--header", `Authorization: Bearer ${token}`, "--no-color"];
        const env = { ...process.env, PYTHONPATH: packages.trim() };
        const told = await run("python3", words, { cwd: folder, env, maxBuffer: 1 << 26 }).then(({ stdout }) => stdout, (error: { stdout: string; stderr: string }) => error.stdout + error.stderr);

        expect(told).toContain("SUMMARY");
        const { complete, operations, test_cases, failures } = JSON.parse(readFileSync(report, "utf8")) as Report;
        expect(failures, told).toEqual([]);
        expect({ complete, ...operations }).toMatchObject({ complete: true, tested: operations.total, errored: 0 });
        expect(operations.total).toBeGreaterThanOrEqual(11);
        expect(test_cases.generated).toBeGreaterThan(operations.total * 20);

        expect((await app.chat(token, { message: "Hi" })).types.at(-1)).toBe("[DONE]");
        expect(world.log).not.toMatch(/"level":[56]0/);
    });
});

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Tests that make versions come last, in this order: the versions are kept, as they should be, and are there for all tests after them. */
const last = ["e2e/releases.e2e.test.ts", "e2e/own-app.e2e.test.ts"];

class ReleasesLast extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
        const place = ({ moduleId }: TestSpecification) => last.findIndex((name) => moduleId.endsWith(name));
        return (await super.sort(files)).sort((one, other) => place(one) - place(other));
    }
}

// app/ and pilot/ are packages of their own, with tests of their own.
const elsewhere = ["**/node_modules/**", "app/**", "pilot/**"];

export default defineConfig({
    test: {
        sequence: { sequencer: ReleasesLast },
        projects: [
            // A stack's program takes a second, and on a busy machine ten.
            { test: { name: "unit", include: ["**/*.test.ts"], exclude: [...elsewhere, "**/*.e2e.test.ts", "**/*.soak.test.ts"], testTimeout: 30_000 } },
            ...["e2e", "soak"].map((kind) => ({
                test: {
                    name: kind === "e2e" ? "end-to-end" : kind,
                    include: [`**/*.${kind}.test.ts`],
                    exclude: elsewhere,
                    // One pocket cloud for all: a test that stops a region must not do it under another.
                    poolOptions: { forks: { singleFork: true } },
                    testTimeout: 300_000,
                    hookTimeout: 300_000,
                },
            })),
        ],
    },
});

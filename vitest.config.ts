import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The tests of releases come last: the versions that they made are kept, as they should be, and are there for all who come after. */
class ReleasesLast extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
        const isLast = ({ moduleId }: TestSpecification) => Number(moduleId.endsWith("e2e/releases.e2e.test.ts"));
        return (await super.sort(files)).sort((one, other) => isLast(one) - isLast(other));
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

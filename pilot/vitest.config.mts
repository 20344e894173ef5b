import { defineConfig } from "vitest/config";

export default defineConfig({
    test: {
        include: ["**/*.test.ts"],
        testTimeout: 60_000,
        hookTimeout: 60_000,
        // Each of these files starts real servers; two cores serve one at a time best.
        fileParallelism: false,
    },
});

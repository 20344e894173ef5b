import { describe, expect, it } from "vitest";
import { succeeded, sum, tally, verdict } from "./tally";

const report = (passed: number, failed: number, testResults: object[] = []) =>
    JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults });

describe("the tally of test reports", () => {
    it("counts tests", () => expect(tally(report(7, 2))).toEqual({ passed: 7, failed: 2 }));

    it("counts a file that did not load, and not twice one whose tests failed", () => {
        const files = [
            { status: "failed", assertionResults: [] },
            { status: "failed", assertionResults: [{ status: "failed" }] },
            { status: "failed", assertionResults: [{ status: "passed" }] },
            { status: "passed", assertionResults: [{ status: "passed" }] },
        ];
        expect(tally(report(2, 1, files))).toEqual({ passed: 2, failed: 3 });
    });

    it("is summed and told in one line", () => {
        expect(verdict(sum([{ passed: 3, failed: 0 }, { passed: 4, failed: 1 }]))).toBe("7 passed, 1 failed");
    });

    it("is a success only when something ran and nothing failed", () => {
        expect(succeeded({ passed: 1, failed: 0 })).toBe(true);
        expect(succeeded({ passed: 0, failed: 0 })).toBe(false);
        expect(succeeded({ passed: 9, failed: 1 })).toBe(false);
    });
});

/** How many tests passed and failed. */
export interface Tally { passed: number; failed: number }

/** What vitest's JSON reporter writes, as far as it is read. */
interface Report {
    numPassedTests: number;
    numFailedTests: number;
    testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Counts a report. A file that could not be loaded has no tests of its own and counts as one that failed. */
export function tally(report: string): Tally {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as Report;
    const broken = testResults.filter(({ status, assertionResults }) => status === "failed" && !assertionResults.some((one) => one.status === "failed"));
    return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

export function sum(tallies: Tally[]): Tally {
    return tallies.reduce((total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }), { passed: 0, failed: 0 });
}

/** The line that CI reads. */
export const verdict = ({ passed, failed }: Tally) => `${passed} passed, ${failed} failed`;

/** Nothing that ran is no success. */
export const succeeded = ({ passed, failed }: Tally) => failed === 0 && passed > 0;

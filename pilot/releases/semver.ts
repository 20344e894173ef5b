import semver from "semver";

/** As npm's semver has it, without build metadata: a version is a tag of an image and a part of a service's name too. */
export const isVersion = (text: string): boolean => semver.valid(text) === text;

/** What earlier releases of the toolkit took for a version, such as 1.0.0-01: their services still carry such labels. */
const accepted = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** True for the version in a service's label, by whichever release of the toolkit it was written. */
export const isLabel = (text: string): boolean => isVersion(text) || accepted.test(text);

/** Below zero when the first is older; a version with a suffix is older than the one without (semver.org, 11). */
export function compareVersions(one: string, other: string): number {
    const [first, second] = [one, other].map((text) => semver.parse(text, { loose: true }));
    return first && second ? first.compare(second) : one.localeCompare(other, "en", { numeric: true });
}

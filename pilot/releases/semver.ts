const semver = /^(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?$/;

/** As semver.org has it, without build metadata: a version is a tag of an image and a part of a service's name too. */
export const isVersion = (text: string): boolean => semver.test(text);

/** Below zero when the first is older; a version with a suffix is older than the one without (semver.org, 11). */
export function compareVersions(one: string, other: string): number {
    const [, ...first] = semver.exec(one) ?? [];
    const [, ...second] = semver.exec(other) ?? [];
    for (const place of [0, 1, 2]) {
        const difference = Number(first[place]) - Number(second[place]);
        if (difference !== 0) return difference;
    }
    if (first[3] === second[3]) return 0;
    if (first[3] === undefined) return 1;
    if (second[3] === undefined) return -1;
    return first[3].localeCompare(second[3], "en", { numeric: true });
}

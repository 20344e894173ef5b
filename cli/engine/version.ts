/** The version that the project is made with; it is also the one that is built. */
export const engineVersion = "3.250.0";

/** True for a Pulumi that can run the program: the same major version, and no older than ours. */
export function usable(version: string): boolean {
    const [major, minor, patch] = numbers(version);
    const [ourMajor, ourMinor, ourPatch] = numbers(engineVersion);
    if (major !== ourMajor) return false;
    return minor! > ourMinor! || (minor === ourMinor && patch! >= ourPatch!);
}

function numbers(version: string): number[] {
    const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim());
    return match ? match.slice(1).map(Number) : [];
}

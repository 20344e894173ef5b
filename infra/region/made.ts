import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { sourceOf } from "./source";

/** What a stack remembers of a version that it made. */
export interface MadeVersion {
    version: string;
    /** `registry/app@sha256:…`. */
    image: string;
    /** Of its source and its settings: a version is made once. */
    hash: string;
    /** The names of its secrets. */
    secrets: string[];
    /** 1 for the first that was made. */
    ordinal: number;
    /** Those of its secrets that every user in the container may read. */
    open?: string[];
    /** What it is judged by; absent for the bundled app. */
    labels?: Record<string, string>;
}

/** How many versions stand in a region, the one of the source included. */
const KEPT = 5;

/** Those that are kept beside the current one: the last that were made. */
export function keptBeside(made: MadeVersion[], current: string): MadeVersion[] {
    return made.filter(({ version }) => version !== current).sort((one, other) => other.ordinal - one.ordinal).slice(0, KEPT - 1);
}

/** The place of a version among all that were made. */
export function ordinalOf(made: MadeVersion[], current: string): number {
    return made.find(({ version }) => version === current)?.ordinal ?? 1 + Math.max(0, ...made.map(({ ordinal }) => ordinal));
}

/** Of the files that the image is built of, whichever computer they lie on. A stack keeps it: what goes into it stays as it is. */
export function sourceHash(folder: string): string {
    const sum = createHash("sha256");
    for (const { path, content } of sourceOf(folder).filter(({ ignored }) => !ignored)) sum.update(`${path}\0`).update(content).update("\0");
    return sum.digest("hex");
}

/** Of the source and of everything that a version is given. Says nothing of the secrets in it. */
export function madeHash(source: string, given: unknown): string {
    return createHash("sha256").update(JSON.stringify([source, given])).digest("hex").slice(0, 16);
}

/**
 * What is tested in one region is what comes to the other. Two builds of the same source are two images, if the second
 * does not find the first one's layers: on another computer, or months later.
 * @param elsewhere made by the other regions
 * @throws RunError when one of them has the version with another image
 */
export function checkSameImage(version: string, image: string, elsewhere: MadeVersion[]): void {
    const digest = digestOf(image);
    const other = elsewhere.find((one) => one.version === version && digestOf(one.image) !== digest);
    if (!other) return;
    throw new pulumi.RunError(`Version ${version} of the app is ${digest} here and ${digestOf(other.image)} in another region: it was built twice. `
        + "Bring this region up on the computer on which the other one was, or raise the version in the app's package.json or VERSION, so that both regions have the same image.");
}

const digestOf = (image: string): string => image.split("@").at(-1)!;

/** @throws RunError when the version was made of something else */
export function checkUnchanged(version: string, hash: string, made: MadeVersion[]): void {
    const before = made.find((one) => one.version === version);
    if (!before || before.hash === hash) return;
    throw new pulumi.RunError(`Version ${version} of the app is made already, and its source or its settings have changed since: raise the version in the app's package.json or VERSION. `
        + "A version is made once, so that it is what was tested, and comes back as it was.");
}

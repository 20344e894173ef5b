/**
 * What can be asked of the pilot and cannot be, by code: the sentence, with `{name}` places for the particulars. The
 * operator's commands show the same sentences, each with its remedy (errors/catalogue.ts).
 */
export const refusals = {
    RELEASE_NONE: "No release is under way.",
    RELEASE_UNDER_WAY: "The release of {version} is under way.",
    RELEASE_STARTING: "{version} is not healthy yet: it cannot be led on.",
    RELEASE_NOT_PAUSED: "The release of {version} is not paused.",
    RELEASE_PAUSED: "The release of {version} is paused already: {why}.",
    RELEASE_CHANGED: "{version} was changed by somebody else in this moment; nothing was done.",
    VERSION_NOT_KEPT: "{version} is not kept; kept are {kept}.",
    VERSION_SERVES: "{version} serves already.",
    NO_VERSION_BEFORE: "No version is kept that served before.",
} as const;

export type Refusal = keyof typeof refusals;

/** Whoever asks has asked for something that cannot be; nothing was changed. */
export class Unanswerable extends Error {
    constructor(readonly code: Refusal, readonly details: Record<string, string> = {}) {
        super(refusals[code].replace(/\{(\w+)\}/g, (place, name: string) => details[name] ?? place));
    }
}

import type { Failure } from "../kind";
import { valuesAt } from "../rules";
import { at, type Values } from "../values";
import { failure } from "./refuse";

/** CreateTags: tags of one resource, and the characters of a key and of a value (EC2 API reference, "Tag"). */
const MOST = 50;
const MAX_KEY = 127;
const MAX_VALUE = 256;
/** Wherever an EC2 resource takes tags. */
const PLACES = ["tags", "volumeTags", "rootBlockDevice.tags", "ebsBlockDevices[*].tags"];

/** `config` are the provider's arguments, whose default tags count too. */
export function checkTags(inputs: Values, config: Values): Failure[] {
    const usual = (at(config, "defaultTags.tags") ?? {}) as Values;
    return PLACES.flatMap((place) => valuesAt(inputs, place)).flatMap(([path, value]) => {
        const tags = value as Values;
        const count = Object.keys(path === "tags" ? { ...usual, ...tags } : tags).length;
        const many = count > MOST ? [failure(path, "TagLimitExceeded", `The TagSet specified contains too many Tags. The maximum number of Tags per resource is ${MOST}; these are ${count}`)] : [];
        return [...many, ...Object.entries(tags).flatMap(([key, text]) => wrong(`${path}.${key}`, key, String(text)))];
    });
}

function wrong(path: string, key: string, value: string): Failure[] {
    if (/^aws:/i.test(key)) return [failure(path, "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use")];
    if (key === "") return [failure(path, "InvalidParameterValue", "Tag key must not be empty")];
    if ([...key].length > MAX_KEY) return [failure(path, "InvalidParameterValue", `Tag key exceeds the maximum length of ${MAX_KEY} characters`)];
    if ([...value].length > MAX_VALUE) return [failure(path, "InvalidParameterValue", `Tag value exceeds the maximum length of ${MAX_VALUE} characters`)];
    return [];
}

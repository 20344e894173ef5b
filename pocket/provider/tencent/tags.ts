import type { Failure } from "../kind";
import { isObject, type Values } from "../values";
import { failure } from "./refuse";

const MAX_TAGS = 50;
const MAX_KEY = 127;
const MAX_VALUE = 255;
/** Letters and digits of any script, spaces inside, and a list of signs. */
const TEXT = /^(?! )[\p{L}\p{N} +\-=._:/@()[\],;><＋－＝／＠（）【】：]+(?<! )$/u;

/** tencentcloud.com/document/product/651/13354; the codes are those of CreateSubnet (tencentcloud-sdk-go, vpc/v20170312). */
export function checkTags({ tags }: Partial<Values>): Failure[] {
    if (!isObject(tags)) return [];
    const many = Object.keys(tags).length > MAX_TAGS ? [failure("tags", "LimitExceeded.TagKeyPerResourceExceeded", `a resource has at most ${MAX_TAGS} tags`)] : [];
    return [...many, ...Object.entries(tags).flatMap(([key, value]) => {
        const [code, reason] = wrongKey(key) ?? wrongValue(String(value)) ?? [];
        return code === undefined ? [] : [failure(`tags.${key}`, `InvalidParameterValue.${code}`, reason!)];
    })];
}

function wrongKey(key: string): [code: string, reason: string] | undefined {
    if (/^(qcs:|project|项目)/.test(key)) return ["ReservedTagKey", `"${key}" begins with a word that Tencent keeps for itself (qcs:, project, 项目)`];
    if ([...key].length < 1 || [...key].length > MAX_KEY) return ["TagInvalidKeyLen", `a key has 1 to ${MAX_KEY} characters`];
    return TEXT.test(key) ? undefined : ["TagInvalidKey", `"${key}" has a character that no key may have`];
}

function wrongValue(value: string): [code: string, reason: string] | undefined {
    if ([...value].length < 1 || [...value].length > MAX_VALUE) return ["TagInvalidVal", `a value has 1 to ${MAX_VALUE} characters`];
    return TEXT.test(value) ? undefined : ["TagInvalidVal", `"${value}" has a character that no value may have`];
}

import { z } from "zod";
import { openidRule } from "../../pilot/gateway/testers";
import { parseStrategy } from "../../pilot/releases/strategy";
import { contains, overlap, parseCidr } from "./cidr";
import { list, text } from "./field";

/** The regions that there are, in the order in which their stacks are made. */
export const regions = ["cn", "us"] as const;
export type RegionName = (typeof regions)[number];
export const region = z.enum(regions, { error: "is not a region (cn, us)" });

export const modelService = z.enum(["ark", "deepseek"], { error: "is not a model service (ark, deepseek)" });

/** What the Swarm of each region takes its networks from; no machine's network may lie in it. */
export const swarmPool = "172.30.0.0/16";

export const domain = text()
    .refine((value) => value.includes("."), "has no dot: it must be a domain that you own, such as yourapp.com")
    .refine((value) => !value.includes(".") || /^(?!-)([a-z0-9-]{1,63}(?<!-)\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(value), "is not a domain name in small letters, such as yourapp.com");

const cidr = text().superRefine((value, context) => {
    const parsed = parseCidr(value);
    if (typeof parsed === "string") context.addIssue({ code: "custom", message: parsed });
});

/** Ranges that nobody comes from (IANA, "IPv4 Special-Purpose Address Registry"). */
const nobody = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"];

/** /8 is the widest range that was ever given to one organization. */
export const adminCidr = cidr.superRefine((value, context) => {
    const parsed = parseCidr(value);
    if (typeof parsed === "string") return;
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    // "0.0.0.0/n is mapped to 0.0.0.0/0": tencentcloud-sdk-go, vpc/v20170312, SecurityGroupPolicy.CidrBlock.
    if (parsed.address === 0) refuse("is everywhere: Tencent takes every range that begins with 0.0.0.0 for 0.0.0.0/0");
    else if (parsed.prefix < 8) refuse("is wider than /8: name the addresses that administrators come from");
    else if (nobody.some((range) => contains(range, value))) refuse("is a range that nobody comes from: name the addresses that administrators come from");
});

/** A private network in one of the ranges that the cloud allows. */
export function network(ranges: string[], from: number, to: number): z.ZodType<string> {
    return cidr.superRefine((value, context) => {
        const parsed = parseCidr(value);
        if (typeof parsed === "string") return;
        if (!ranges.some((range) => contains(range, value))) context.addIssue({ code: "custom", message: `is in none of ${ranges.join(", ")}` });
        else if (parsed.prefix < from || parsed.prefix > to) context.addIssue({ code: "custom", message: `has a mask that is not between /${from} and /${to}` });
        else if (overlap(value, swarmPool)) context.addIssue({ code: "custom", message: `overlaps ${swarmPool}, which the containers use` });
    });
}

export const httpsUrl = z.url({ protocol: /^https$/, error: "is not an https URL" }).transform((url) => url.replace(/\/+$/, ""));

/** Whole, as the service gives it: its path and its query tell who one is. The pilot's fetch takes none with a name and a password in it. */
export const webhook = z.url({ protocol: /^https$/, error: "is not an https URL" }).refine((url) => !/^https:\/\/[^/?#]*@/i.test(url), "has a name or a password in it, which is not sent");

/** A page's origin as a browser says it: without a path, and without the port that is usual. */
export const origin = text().refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value, "is not an origin such as https://chat.yourapp.com");

/** Who is logged in, in WeChat's words. Not a person's WeChat id, telephone or nickname, which the app never hears of. */
const noOpenid = "is not an OpenID such as o6_bmjrPTlm6_2sgVt7hMZOPfL2M";
const openid = z.string({ error: noOpenid }).trim().regex(openidRule, noOpenid);

/** In one variable of the pilot's environment, which may have 128 KiB. */
const MOST_TESTERS = 1_000;
export const testers = list(openid).superRefine((all, context) => {
    if (all.length > MOST_TESTERS) context.addIssue({ code: "custom", path: [MOST_TESTERS], message: `is one too many: there may be ${MOST_TESTERS}` });
});

/** Left as it is written, for a label; the pilot reads it. A number alone arrives as one. */
export const strategy = z.preprocess((value) => (typeof value === "number" ? String(value) : value), text().superRefine((value, context) => {
    try {
        parseStrategy(value);
    } catch (error) {
        context.addIssue({ code: "custom", message: `is of no use: ${(error as Error).message}` });
    }
}));

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hash } from "bcryptjs";
import type { Package } from "../kind";
import type { PackageSchema } from "../schema/derive";
import { valueKind } from "../value";
import { UNKNOWN, type Values } from "../values";
import { classesOf, leastLength, password, type PasswordRules } from "./password";

const schema = JSON.parse(readFileSync(join(__dirname, "schema.json"), "utf8")) as PackageSchema;
/** The provider's cost for `bcryptHash`, and what bcrypt reads of a password. */
const BCRYPT_COST = 10;
const BCRYPT_BYTES = 72;

const [yes, none] = [{ default: true }, { default: 0, whole: true }] as const;

/** terraform-provider-random, internal/provider/resource_password.go, passwordSchemaV3. */
const randomPassword = valueKind<Values & PasswordRules>({
    token: "random:index/randomPassword:RandomPassword",
    schema: schema.resources["random:index/randomPassword:RandomPassword"]!,
    rules: { length: { whole: true }, special: yes, upper: yes, lower: yes, minUpper: none, minLower: none, minNumeric: none, minSpecial: none },
    check(inputs) {
        const { length, number, numeric } = inputs;
        const least = Math.max(1, leastLength(inputs));
        if (length !== undefined && length < least) return [{ property: "length", reason: `"length" must be at least ${least}, the sum of the minimums, got ${length}` }];
        // internal/planmodifiers/bool, NumberNumericAttributePlanModifier.
        if (number !== undefined && numeric !== undefined && number !== numeric) return [{ property: "number", reason: "Number and numeric are both configured with different values: number is deprecated, use numeric instead" }];
        if (classesOf(inputs).length === 0) return [{ property: "special", reason: "at least one of upper, lower, numeric and special must be true" }];
        return [];
    },
    diff(olds, news, found) {
        if (isUnknown(news.number) || isUnknown(news.numeric)) return found;
        // Each is planned as the other, and both as true if the program gives neither.
        const rest = found.filter(({ path }) => path !== "number" && path !== "numeric");
        return digits(olds) === digits(news) ? rest : [...rest, { path: "numeric", kind: "update", replace: true }];
    },
    // internal/planmodifiers/string, RequiresReplaceUnlessEmptyStringToNull.
    inPlace: ({ path }, olds, news) => (path === "overrideSpecial" && olds.overrideSpecial === "" && news.overrideSpecial === undefined) || emptied(path, olds, news),
    async make(inputs) {
        const result = password(inputs);
        const numeric = digits(inputs);
        return { id: "none", outputs: { ...inputs, numeric, number: numeric, result, bcryptHash: await hash(result.slice(0, BCRYPT_BYTES), BCRYPT_COST) } };
    },
});

/** terraform-provider-random, internal/provider/resource_id.go. */
const randomId = valueKind<Values & { byteLength: number; prefix?: string; keepers?: Values }>({
    token: "random:index/randomId:RandomId",
    schema: schema.resources["random:index/randomId:RandomId"]!,
    rules: { byteLength: { whole: true, range: [1, Number.MAX_SAFE_INTEGER] } },
    inPlace: ({ path }, olds, news) => emptied(path, olds, news),
    async make(inputs) {
        const bytes = randomBytes(inputs.byteLength);
        const { prefix = "" } = inputs;
        return {
            id: bytes.toString("base64url"),
            outputs: {
                ...inputs, hex: prefix + bytes.toString("hex"), dec: prefix + BigInt(`0x${bytes.toString("hex")}`).toString(),
                b64Std: prefix + bytes.toString("base64"), b64Url: prefix + bytes.toString("base64url"),
            },
        };
    },
});

const digits = ({ numeric, number }: Values): boolean => Boolean(numeric ?? number ?? true);

const isUnknown = (value: unknown): boolean => value === UNKNOWN;

/** No keepers are the same as keepers without a value (internal/planmodifiers/map, RequiresReplaceIfValuesNotNull). */
function emptied(path: string, olds: Values, news: Values): boolean {
    return path === "keepers" && [olds, news].every(({ keepers }) => Object.keys(keepers ?? {}).length === 0);
}

/** The real plug-in's resources; its entropy is the operating system's. */
export const random: Package = {
    name: "random", version: schema.version, config: { ...schema.config, remember: [] }, kinds: [randomPassword, randomId], functions: [],
};

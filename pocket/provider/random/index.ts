import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hash } from "bcryptjs";
import type { Package } from "../kind";
import type { PackageSchema } from "../schema/derive";
import { valueKind } from "../value";
import type { Values } from "../values";
import { classesOf, leastLength, password, type PasswordRules } from "./password";

const schema = JSON.parse(readFileSync(join(__dirname, "schema.json"), "utf8")) as PackageSchema;
/** The provider's cost for `bcryptHash`, and what bcrypt reads of a password. */
const BCRYPT_COST = 10;
const BCRYPT_BYTES = 72;

const randomPassword = valueKind<Values & PasswordRules>({
    token: "random:index/randomPassword:RandomPassword",
    schema: schema.resources["random:index/randomPassword:RandomPassword"]!,
    check(inputs) {
        const { length } = inputs;
        const least = Math.max(1, leastLength(inputs));
        if (length !== undefined && (length < least || !Number.isInteger(length))) return [{ property: "length", reason: `"length" must be at least ${least}, the sum of the minimums, got ${length}` }];
        if (classesOf(inputs).length === 0) return [{ property: "special", reason: "at least one of upper, lower, numeric and special must be true" }];
        return [];
    },
    async make(inputs) {
        const result = password(inputs);
        const defaults = { special: true, upper: true, lower: true, numeric: true, number: true, minUpper: 0, minLower: 0, minNumeric: 0, minSpecial: 0 };
        return { id: "none", outputs: { ...defaults, ...inputs, result, bcryptHash: await hash(result.slice(0, BCRYPT_BYTES), BCRYPT_COST) } };
    },
});

const randomId = valueKind<Values & { byteLength: number; prefix?: string; keepers?: Values }>({
    token: "random:index/randomId:RandomId",
    schema: schema.resources["random:index/randomId:RandomId"]!,
    check: ({ byteLength }) => (byteLength !== undefined && (byteLength < 1 || !Number.isInteger(byteLength)) ? [{ property: "byteLength", reason: `"byteLength" must be at least 1, got ${byteLength}` }] : []),
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

/** The real plug-in's resources; its entropy is the operating system's. */
export const random: Package = {
    name: "random", version: schema.version, config: { ...schema.config, remember: [] }, kinds: [randomPassword, randomId], functions: [],
};

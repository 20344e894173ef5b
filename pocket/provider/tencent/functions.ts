import type { Fn, ObjectSchema, PropertySchema } from "../kind";
import { isPattern, type Rules } from "../rules";
import type { Values } from "../values";
import { images, instanceTypes, zonesOf } from "./catalogue";
import { document, functionSchema } from "./schema";

const text: PropertySchema = { type: "string" };
const number: PropertySchema = { type: "number" };
const flag: PropertySchema = { type: "boolean" };
const texts: PropertySchema = { type: "array", items: text };
const filters: PropertySchema = { type: "array", items: { type: "object", properties: { name: text, values: texts }, required: ["name", "values"] } };

/** A package that was made with the function has the word; else the provider's documentation. */
function fn<A extends Values>(name: string, documented: ObjectSchema, rules: Rules, invoke: (args: A, region: string) => Values): Fn<A> {
    const token = `tencentcloud:index/${name}:${name}`;
    return { token, schema: functionSchema(document, token) ?? documented, rules, invoke: async (args, { region }) => ({ ...args, id: `${name}-${region}`, ...invoke(args, region) }) };
}

export const getImages = fn<{ imageId?: string; imageTypes?: string[]; imageNameRegex?: string; osName?: string; instanceType?: string }>(
    "getImages",
    { properties: { imageId: text, imageTypes: texts, imageNameRegex: text, osName: text, instanceType: text, resultOutputFile: text }, required: [] },
    { imageNameRegex: { matches: isPattern, says: "is not a regular expression" }, osName: { length: [1, Infinity], conflictsWith: ["imageNameRegex"] } },
    ({ imageId, imageTypes = ["PUBLIC_IMAGE"], imageNameRegex, osName }) => {
        const found = images.filter((image) => imageTypes.includes("PUBLIC_IMAGE") && (!imageId || image.imageId === imageId)
            && (!imageNameRegex || new RegExp(imageNameRegex).test(image.imageName))
            && (!osName || image.osName.toLowerCase().includes(osName.toLowerCase())));
        return { images: found.map((image) => ({ ...image, imageType: "PUBLIC_IMAGE", architecture: "x86_64", platform: "Ubuntu", imageState: "NORMAL", imageSize: 50, supportCloudInit: true })) };
    },
);

export const getAvailabilityZonesByProduct = fn<{ product: string; name?: string; includeUnavailable?: boolean }>(
    "getAvailabilityZonesByProduct",
    { properties: { product: text, name: text, includeUnavailable: flag, resultOutputFile: text }, required: ["product"] },
    {},
    ({ name, includeUnavailable = false }, region) => ({
        zones: zonesOf(region).filter((z) => (!name || z.name === name) && (includeUnavailable || !z.soldOut))
            .map(({ id, name: zone, description, soldOut }) => ({ id, name: zone, description, state: soldOut ? "UNAVAILABLE" : "AVAILABLE" })),
    }),
);

export const getInstanceTypes = fn<{ cpuCoreCount?: number; memorySize?: number; availabilityZone?: string; filters?: { name: string; values: string[] }[]; excludeSoldOut?: boolean }>(
    "getInstanceTypes",
    {
        properties: { cpuCoreCount: number, gpuCoreCount: number, memorySize: number, availabilityZone: text, filters, excludeSoldOut: flag, resultOutputFile: text },
        required: [],
    },
    {
        cpuCoreCount: { whole: true }, gpuCoreCount: { whole: true }, memorySize: { whole: true },
        availabilityZone: { conflictsWith: ["filters"] }, filters: { set: true, length: [0, 10] },
    },
    ({ cpuCoreCount, memorySize, availabilityZone, filters: given = [], excludeSoldOut = false }, region) => {
        const pass = (name: string, value: string): boolean => given.filter((f) => f.name === name).every((f) => f.values.includes(value));
        const zones = zonesOf(region).filter((z) => (!availabilityZone || z.name === availabilityZone) && pass("zone", z.name) && !(excludeSoldOut && z.soldOut));
        const types = instanceTypes.filter((t) => (!cpuCoreCount || t.cpus === cpuCoreCount) && (!memorySize || t.memoryGiB === memorySize)
            && pass("instance-family", t.family) && pass("instance-type", t.name));
        return {
            instanceTypes: zones.flatMap((zone) => types.map((type) => ({
                availabilityZone: zone.name, instanceType: type.name, family: type.family, cpuCoreCount: type.cpus, memorySize: type.memoryGiB,
                gpuCoreCount: 0, instanceChargeType: "POSTPAID_BY_HOUR", status: zone.soldOut ? "SOLD_OUT" : "SELL",
            }))),
        };
    },
);

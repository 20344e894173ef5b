import type { Fn } from "../kind";
import { isPattern, type Rules } from "../rules";
import type { Values } from "../values";
import { imagesOf, instanceTypes, offered, regions, zonesOf, type Image } from "./catalogue";
import { schema } from "./kind";
import { refuse } from "./refuse";

interface Filter { name: string; values: string[] }

function fn<A extends { region?: string }>(token: string, rules: Rules, invoke: (args: A, region: string) => Values): Fn<A> {
    return {
        token, schema: schema.functions[token]!, rules: { region: { oneOf: regions }, ...rules },
        invoke: async (args, { region }) => ({ ...args, ...invoke(args, args.region ?? region) }),
    };
}

export const getAmi = fn<{ region?: string; owners?: string[]; mostRecent?: boolean; filters?: Filter[]; nameRegex?: string; allowUnsafeFilter?: boolean }>(
    "aws:ec2/getAmi:getAmi",
    { owners: { length: [1, Infinity] }, "owners[*]": { length: [1, Infinity] }, nameRegex: { matches: isPattern, says: "is not a regular expression" } },
    (args, region) => {
        const { owners, mostRecent = false, filters = [], nameRegex } = args;
        // ec2_ami_data_source.go, checkMostRecentAndMissingFilters.
        const byOwner = owners?.length || filters.some((f) => ["owner-id", "image-id"].includes(f.name));
        if (mostRecent && !byOwner && !args.allowUnsafeFilter) {
            throw new Error('most_recent without an owner or image-id filter is unsafe: give "owners", or set "allowUnsafeFilter"');
        }
        const wanted = filters.map((f) => fitting(f, IMAGE_FILTERS, "DescribeImages"));
        const found = imagesOf(region)
            .filter((image) => !owners?.length || owners.includes(image.owner))
            .filter((image) => wanted.every((fits) => fits(image)))
            .filter((image) => !nameRegex || new RegExp(nameRegex).test(image.name))
            .sort((a, b) => b.creationDate.localeCompare(a.creationDate));
        if (found.length === 0) throw new Error("Your query returned no results. Please change your search criteria and try again.");
        if (found.length > 1 && !mostRecent) {
            throw new Error("Your query returned more than one result. Please try a more specific search criteria, or set `mostRecent` attribute to true.");
        }
        return describe(found[0]!, region);
    },
);

export const getAvailabilityZones = fn<{ region?: string; state?: string; filters?: Filter[]; excludeNames?: string[]; excludeZoneIds?: string[] }>(
    "aws:index/getAvailabilityZones:getAvailabilityZones",
    { state: { oneOf: ["available", "information", "impaired", "unavailable", "constrained"] } },
    ({ state, filters = [], excludeNames = [], excludeZoneIds = [] }, region) => {
        const wanted = filters.map((f) => fitting(f, ZONE_FILTERS, "DescribeAvailabilityZones"));
        const zones = zonesOf(region).filter((z) => (state ?? "available") === "available" && !excludeNames.includes(z.name) && !excludeZoneIds.includes(z.id))
            .filter((z) => wanted.every((fits) => fits({ ...z, region })));
        return { id: region, region, names: zones.map((z) => z.name), zoneIds: zones.map((z) => z.id), groupNames: zones.length > 0 ? [`${region}-zg-1`] : [] };
    },
);

export const getInstanceTypeOffering = fn<{ region?: string; filters?: Filter[]; locationType?: string; preferredInstanceTypes?: string[] }>(
    "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering",
    { locationType: { oneOf: ["region", "availability-zone", "availability-zone-id", "outpost"] } },
    ({ filters = [], locationType = "region", preferredInstanceTypes = [] }, region) => {
        const zones = locationType === "outpost" ? [] : zonesOf(region);
        const locations = locationType === "region" ? [region] : zones.map((z) => (locationType === "availability-zone" ? z.name : z.id));
        const wanted = filters.map((f) => fitting(f, OFFER_FILTERS, "DescribeInstanceTypeOfferings"));
        const offers = locations.flatMap((location) => instanceTypes.map((type) => ({ type, location }))).filter((offer) => wanted.every((fits) => fits(offer)))
            .filter(({ type, location }) => offered(type, zones.find((z) => z.id === location)?.name ?? location));
        const preferred = preferredInstanceTypes.map((type) => offers.find((o) => o.type === type)).find((o) => o !== undefined);
        if (!preferred && offers.length > 1) throw new Error("multiple EC2 Instance Offerings found matching criteria; try different search");
        const chosen = preferred ?? offers[0];
        if (!chosen) throw new Error("no EC2 Instance Type Offerings found matching criteria; try different search");
        return { id: chosen.type, instanceType: chosen.type, location: chosen.location, region };
    },
);

const ZONE_FILTERS: Record<string, (zone: { name: string; id: string; region: string }) => string> = {
    "zone-name": (zone) => zone.name, "zone-id": (zone) => zone.id, "region-name": (zone) => zone.region, "state": () => "available",
    "opt-in-status": () => "opt-in-not-required", "zone-type": () => "availability-zone", "group-name": (zone) => `${zone.region}-zg-1`,
};

const OFFER_FILTERS: Record<string, (offer: { type: string; location: string }) => string> = {
    "location": ({ location }) => location, "instance-type": ({ type }) => type,
};

/** What a filter lets through; EC2 refuses one that it does not have. */
function fitting<T>({ name, values }: Filter, filters: Record<string, (one: T) => string>, operation: string): (one: T) => boolean {
    const read = filters[name];
    if (!read) throw refuse(operation, "InvalidParameterValue", `The filter '${name}' is invalid`, "filters");
    return (one) => values.some((pattern) => wildcard(pattern).test(read(one)));
}

const IMAGE_FILTERS: Record<string, (image: Image) => string> = {
    "name": (image) => image.name, "image-id": (image) => image.id, "owner-id": (image) => image.owner, "virtualization-type": () => "hvm",
    "architecture": () => "x86_64", "root-device-type": () => "ebs", "state": () => "available", "image-type": () => "machine",
};

function describe(image: Image, region: string): Values {
    return {
        id: image.id, imageId: image.id, name: image.name, ownerId: image.owner, creationDate: image.creationDate, architecture: "x86_64", region,
        arn: `arn:aws:ec2:${region}::image/${image.id}`, virtualizationType: "hvm", rootDeviceName: "/dev/sda1", rootDeviceType: "ebs", state: "available",
        hypervisor: "xen", imageType: "machine", platformDetails: "Linux/UNIX", public: true, enaSupport: true,
        rootSnapshotId: image.id.replace("ami-", "snap-"), tags: {}, productCodes: [],
    };
}

/** `*` and `?` as EC2's filters have them. */
function wildcard(pattern: string): RegExp {
    return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`);
}


import type { Fn } from "../kind";
import type { Values } from "../values";
import { imagesOf, instanceTypes, offered, zonesOf, type Image } from "./catalogue";
import { schema } from "./kind";
import { refuse } from "./refuse";

interface Filter { name: string; values: string[] }

function fn<A>(token: string, invoke: (args: A, region: string) => Values): Fn<A> {
    return { token, schema: schema.functions[token]!, invoke: async (args, { region }) => ({ ...args, ...invoke(args, region) }) };
}

export const getAmi = fn<{ owners?: string[]; mostRecent?: boolean; filters?: Filter[]; nameRegex?: string; allowUnsafeFilter?: boolean }>(
    "aws:ec2/getAmi:getAmi",
    (args, region) => {
        const { owners, mostRecent = false, filters = [], nameRegex } = args;
        const byOwner = owners?.length || filters.some((f) => ["owner-id", "owner-alias", "image-id"].includes(f.name));
        if (mostRecent && !byOwner && !args.allowUnsafeFilter) {
            throw new Error('most_recent without an owner or image-id filter is unsafe: give "owners", or set "allowUnsafeFilter"');
        }
        const wrong = filters.find((f) => !(f.name in IMAGE_FILTERS));
        if (wrong) throw refuse("DescribeImages", "InvalidParameterValue", `The filter '${wrong.name}' is invalid`, "filters");
        const found = imagesOf(region)
            .filter((image) => !owners?.length || owners.includes(image.owner))
            .filter((image) => filters.every((f) => f.values.some((pattern) => wildcard(pattern).test(IMAGE_FILTERS[f.name]!(image)))))
            .filter((image) => !nameRegex || new RegExp(nameRegex).test(image.name))
            .sort((a, b) => b.creationDate.localeCompare(a.creationDate));
        if (found.length === 0) throw new Error("Your query returned no results. Please change your search criteria and try again.");
        if (found.length > 1 && !mostRecent) {
            throw new Error("Your query returned more than one result. Please try a more specific search criteria, or set `mostRecent` attribute to true.");
        }
        return describe(found[0]!, region);
    },
);

export const getAvailabilityZones = fn<{ state?: string; filters?: Filter[]; excludeNames?: string[]; excludeZoneIds?: string[] }>(
    "aws:index/getAvailabilityZones:getAvailabilityZones",
    ({ state, excludeNames = [], excludeZoneIds = [] }, region) => {
        const zones = state !== undefined && state !== "available" ? [] : zonesOf(region).filter((z) => !excludeNames.includes(z.name) && !excludeZoneIds.includes(z.id));
        return { id: region, region, names: zones.map((z) => z.name), zoneIds: zones.map((z) => z.id), groupNames: zones.length > 0 ? [`${region}-zg-1`] : [] };
    },
);

export const getInstanceTypeOffering = fn<{ filters?: Filter[]; locationType?: string; preferredInstanceTypes?: string[] }>(
    "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering",
    ({ filters = [], locationType = "region", preferredInstanceTypes = [] }, region) => {
        const zones = zonesOf(region);
        const locations = locationType === "region" ? [region] : zones.map((z) => (locationType === "availability-zone" ? z.name : z.id));
        const wanted = (name: string, value: string): boolean => filters.filter((f) => f.name === name).every((f) => f.values.some((p) => wildcard(p).test(value)));
        const offers = locations.filter((l) => wanted("location", l)).flatMap((location) => instanceTypes.filter((type) => wanted("instance-type", type))
            .filter((type) => offered(type, zones.find((z) => z.id === location)?.name ?? location)).map((type) => ({ type, location })));
        const preferred = preferredInstanceTypes.map((type) => offers.find((o) => o.type === type)).find((o) => o !== undefined);
        const chosen = preferred ?? (offers.length === 1 || preferredInstanceTypes.length === 0 ? offers[0] : undefined);
        if (!chosen) throw new Error("no EC2 Instance Type Offerings found matching criteria; try different search");
        return { id: chosen.type, instanceType: chosen.type, location: chosen.location, region };
    },
);

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


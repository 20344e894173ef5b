/** What the region offers: enough of EC2's own catalogue to choose from and to be refused. */

export const ACCOUNT = "000000000000";

/** Zones in order; ids as in EC2, where they do not follow the letters from account to account. */
const zones: Record<string, { name: string; id: string }[]> = {
    "us-east-1": ["a", "b", "c", "d", "e", "f"].map((letter, i) => ({ name: `us-east-1${letter}`, id: `use1-az${i + 1}` })),
    "us-east-2": ["a", "b", "c"].map((letter, i) => ({ name: `us-east-2${letter}`, id: `use2-az${i + 1}` })),
    "us-west-2": ["a", "b", "c", "d"].map((letter, i) => ({ name: `us-west-2${letter}`, id: `usw2-az${i + 1}` })),
};

export const regions = Object.keys(zones);

export function zonesOf(region: string): { name: string; id: string }[] {
    return zones[region] ?? [];
}

interface InstanceType { cpus: number; memoryMiB: number }

const types: Record<string, InstanceType> = {
    "t2.medium": { cpus: 2, memoryMiB: 4096 }, "t2.micro": { cpus: 1, memoryMiB: 1024 }, "t3.micro": { cpus: 2, memoryMiB: 1024 },
    "t3.small": { cpus: 2, memoryMiB: 2048 }, "t3.medium": { cpus: 2, memoryMiB: 4096 }, "t3.large": { cpus: 2, memoryMiB: 8192 },
    "t3a.small": { cpus: 2, memoryMiB: 2048 }, "t3a.medium": { cpus: 2, memoryMiB: 4096 }, "t3a.large": { cpus: 2, memoryMiB: 8192 },
    "c5.large": { cpus: 2, memoryMiB: 4096 }, "c6i.large": { cpus: 2, memoryMiB: 4096 }, "c6a.large": { cpus: 2, memoryMiB: 4096 },
    "c7i.large": { cpus: 2, memoryMiB: 4096 }, "c7i-flex.large": { cpus: 2, memoryMiB: 4096 }, "c7a.large": { cpus: 2, memoryMiB: 4096 },
    "m6i.large": { cpus: 2, memoryMiB: 8192 }, "m7i.large": { cpus: 2, memoryMiB: 8192 }, "m7i-flex.large": { cpus: 2, memoryMiB: 8192 },
};

export const instanceTypes = Object.keys(types);

export function instanceType(name: string): InstanceType | undefined {
    return types[name];
}

/** The oldest zone of us-east-1 has only the older types. */
export function offered(type: string, zone: string): boolean {
    return type in types && (zone !== "us-east-1e" || type.startsWith("t2."));
}

export interface Image { id: string; name: string; owner: string; creationDate: string; snapshotGiB: number }

const CANONICAL = "099720109477";

/** Ids and dates are the pocket's own; names follow Canonical's pattern. */
const images: Omit<Image, "id">[] = [
    { name: "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260511", owner: CANONICAL, creationDate: "2026-05-11T08:02:11.000Z", snapshotGiB: 8 },
    { name: "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260803", owner: CANONICAL, creationDate: "2026-08-03T08:14:52.000Z", snapshotGiB: 8 },
];

export function imagesOf(region: string): Image[] {
    const at = regions.indexOf(region);
    return at < 0 ? [] : images.map((image, i) => ({ ...image, id: `ami-0b0c0000000${at}${i}0220` }));
}

/** What the region offers. Shanghai's zones and types are from Tencent's documents (regions and zones; instance specifications). */

const zones: Record<string, { id: string; name: string; description: string; soldOut?: boolean }[]> = {
    "ap-shanghai": [1, 2, 3, 4, 5, 8].map((n) => ({ id: `20000${n}`, name: `ap-shanghai-${n}`, description: `Shanghai Zone ${n}`, soldOut: n === 1 })),
};

export const regions = Object.keys(zones);

export function zonesOf(region: string): { id: string; name: string; description: string; soldOut?: boolean }[] {
    return zones[region] ?? [];
}

export interface InstanceType { name: string; family: string; cpus: number; memoryGiB: number }

const SIZES = { SMALL2: [1, 2], MEDIUM2: [2, 2], MEDIUM4: [2, 4], MEDIUM8: [2, 8], LARGE8: [4, 8], LARGE16: [4, 16] } as const;
const FAMILIES = ["S5", "S6", "SA2", "SA3", "SA5"];

export const instanceTypes: InstanceType[] = FAMILIES.flatMap((family) => Object.entries(SIZES)
    .map(([size, [cpus, memoryGiB]]) => ({ name: `${family}.${size}`, family, cpus, memoryGiB })));

export function instanceType(name: string): InstanceType | undefined {
    return instanceTypes.find((type) => type.name === name);
}

export interface Image { imageId: string; imageName: string; osName: string }

export const images: Image[] = [
    { imageId: "img-487zeit5", imageName: "Ubuntu Server 22.04 LTS 64bit", osName: "Ubuntu Server 22.04 LTS 64bit" },
    { imageId: "img-22trbn9x", imageName: "Ubuntu Server 20.04 LTS 64bit", osName: "Ubuntu Server 20.04 LTS 64bit" },
];

import { isWide, openings } from "./openings";
import type { Rule, Seen } from "./rule";
import { plainSecrets } from "./secrets";

const databasePorts = [27017, 27018, 27019, 3306, 5432, 6379];

function notFromEverywhere(ports: number[], what: string) {
    return (resource: Seen) => openings(resource)
        .filter(({ source, from, to }) => isWide(source) && ports.some((port) => from <= port && port <= to))
        .map(({ source, where }) => `${where} opens ${what} to ${source}: name the addresses that need it.`);
}

/** Types that carry tags, in this program. */
const tagged = /^(aws:ec2\/(vpc|subnet|internetGateway|routeTable|securityGroup|keyPair|instance|eip):|tencentcloud:index\/(vpc|subnet|securityGroup|keyPair|instance|eip):)/;
const neededTags = ["system", "stack", "managed-by"];

export const rules: Rule[] = [
    { name: "ssh-not-from-everywhere", description: "ssh is open to administrators only: to no range wider than /8 (IPv6: /16).", check: notFromEverywhere([22], "ssh") },
    { name: "database-not-from-everywhere", description: "A database port is open to its clients only: to no range wider than /8 (IPv6: /16).", check: notFromEverywhere(databasePorts, "a database port") },
    {
        name: "imds-v2-only",
        description: "The metadata service asks for a token, so that a request that an app was tricked into cannot read it.",
        check: ({ type, props }) => type === "aws:ec2/instance:Instance" && props.metadataOptions?.httpTokens !== "required" && props.metadataOptions?.httpEndpoint !== "disabled"
            ? ['metadataOptions.httpTokens must be "required".'] : [],
    },
    {
        // Tencent encrypts system disks only for some images and disk types, so it is not asked for there.
        name: "disks-encrypted",
        description: "Disks are encrypted.",
        check: ({ type, props }) => {
            if (type === "aws:ebs/volume:Volume") return props.encrypted === true ? [] : ["encrypted must be true."];
            if (type !== "aws:ec2/instance:Instance") return [];
            return [["rootBlockDevice", props.rootBlockDevice ?? {}], ...(props.ebsBlockDevices ?? []).map((one: any, index: number) => [`ebsBlockDevices[${index}]`, one])]
                .filter(([, disk]) => disk.encrypted !== true).map(([where]) => `${where}.encrypted must be true.`);
        },
    },
    {
        name: "no-secret-in-plain-text",
        description: "What `docker inspect` or a cloud's API shows holds no secret: environment, labels, arguments, configs, user-data.",
        check: (resource) => plainSecrets(resource).map((where) => `${where} looks like a secret, and many may read it there: hand it over as a Docker secret.`),
    },
    {
        name: "required-tags",
        description: "Every cloud resource says whose it is.",
        check: ({ type, props }) => tagged.test(type) ? neededTags.filter((tag) => !props.tags?.[tag]).map((tag) => `tags.${tag} is missing.`) : [],
    },
];

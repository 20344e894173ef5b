/** A resource as the policy engine shows it. */
export interface Seen { type: string; props: Record<string, any> }

/** One rule; `check` gives back what is wrong, in words that name the property. Pure. */
export interface Rule { name: string; description: string; check(resource: Seen): string[] }

const everywhere = new Set(["0.0.0.0/0", "0.0.0.0", "::/0", "::"]);
const databasePorts = [27017, 27018, 27019, 3306, 5432, 6379];

interface Opening { source: string; from: number; to: number; where: string }

/** What a resource lets in, whatever the cloud calls it. */
function openings({ type, props }: Seen): Opening[] {
    switch (type) {
        case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
            return [{ source: props.cidrIpv4 ?? props.cidrIpv6 ?? "", ...awsPorts(props.ipProtocol, props.fromPort, props.toPort), where: "cidrIpv4" }];
        case "aws:ec2/securityGroup:SecurityGroup":
            return (props.ingress ?? []).flatMap((rule: any) => [...(rule.cidrBlocks ?? []), ...(rule.ipv6CidrBlocks ?? [])]
                .map((source: string) => ({ source, ...awsPorts(rule.protocol, rule.fromPort, rule.toPort), where: "ingress" })));
        case "tencentcloud:index/securityGroupRuleSet:SecurityGroupRuleSet":
            return (props.ingresses ?? []).filter((rule: any) => String(rule.action).toUpperCase() === "ACCEPT").flatMap((rule: any, index: number) =>
                tencentPorts(rule.port).map((ports) => ({ source: rule.cidrBlock ?? rule.ipv6CidrBlock ?? "", ...ports, where: `ingresses[${index}]` })));
        default:
            return [];
    }
}

function awsPorts(protocol: unknown, from?: number, to?: number): { from: number; to: number } {
    return String(protocol) === "-1" || from === undefined || from === -1 ? { from: 0, to: 65535 } : { from, to: to ?? from };
}

function tencentPorts(port?: string): { from: number; to: number }[] {
    if (!port || /^all$/i.test(port)) return [{ from: 0, to: 65535 }];
    return port.split(",").map((part) => {
        const [from, to] = part.split("-").map(Number);
        return { from: from!, to: to ?? from! };
    });
}

function notFromEverywhere(ports: number[], what: string) {
    return (resource: Seen) => openings(resource)
        .filter(({ source, from, to }) => everywhere.has(source) && ports.some((port) => from <= port && port <= to))
        .map(({ source, where }) => `${where} opens ${what} to ${source}: name the addresses that need it.`);
}

/** Types that carry tags, in this program. */
const tagged = /^(aws:ec2\/(vpc|subnet|internetGateway|routeTable|securityGroup|keyPair|instance|eip):|tencentcloud:index\/(vpc|subnet|securityGroup|keyPair|instance|eip):)/;
const neededTags = ["system", "stack", "managed-by"];

/** Names that hold secrets, and texts that are ones whatever their name. */
const secretName = /(^|_)(password|passwd|secret|token|api_?key|private_?key)$/i;
const secretText = /-----BEGIN [A-Z ]*PRIVATE KEY-----|^AKIA[0-9A-Z]{16}$|^AKID[0-9A-Za-z]{32}$|mongodb(\+srv)?:\/\/[^/\s:]+:[^/\s@]+@/;

export const rules: Rule[] = [
    { name: "ssh-not-from-everywhere", description: "ssh is open to administrators only.", check: notFromEverywhere([22], "ssh") },
    { name: "database-not-from-everywhere", description: "A database port is open to single machines only.", check: notFromEverywhere(databasePorts, "a database port") },
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
        description: "A container's environment is shown by `docker inspect`, its labels and arguments too: secrets are Docker secrets.",
        check: ({ type, props }) => {
            if (type !== "docker:index/service:Service" && type !== "docker:index/container:Container") return [];
            const container = props.taskSpec?.containerSpec ?? props;
            const env: [string, string][] = Array.isArray(container.env ?? container.envs)
                ? (container.env ?? container.envs).map((line: string) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)])
                : Object.entries(container.env ?? {});
            return [
                ...env.filter(([name, value]) => value && (secretName.test(name) || secretText.test(value))).map(([name]) => `env.${name} looks like a secret: hand it over as a Docker secret.`),
                ...[...(container.args ?? []), ...(container.commands ?? [])].filter((text) => secretText.test(text)).map(() => "an argument looks like a secret: hand it over as a Docker secret."),
            ];
        },
    },
    {
        name: "required-tags",
        description: "Every cloud resource says whose it is.",
        check: ({ type, props }) => tagged.test(type) ? neededTags.filter((tag) => !props.tags?.[tag]).map((tag) => `tags.${tag} is missing.`) : [],
    },
];

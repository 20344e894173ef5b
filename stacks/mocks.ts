import * as pulumi from "@pulumi/pulumi";
import type { Recorded } from "../infra/cloud/recorded";
import type { MadeVersion } from "../infra/region/made";
import { examples } from "../infra/settings/examples";
import type { Field } from "../infra/settings/field";
import { fields, type StackName } from "../infra/settings/schema";
import { cn } from "./cn";
import { edge } from "./edge";
import { us } from "./us";

const programs = { cn, us, edge };

export interface Made { type: string; name: string; inputs: Record<string, any>; options?: Options }

interface Circumstances {
    preview?: boolean;
    /** No other stack was ever brought up. */
    alone?: boolean;
    /** What this stack had made before. */
    before?: MadeVersion[];
    /** What the other region's had. */
    elsewhere?: MadeVersion[];
    /** What the stack's state has. */
    recorded?: Recorded[];
}

/** What becomes of a resource when its arguments change. */
export interface Options { replaceOnChanges: string[]; ignoreChanges: string[]; deleteBeforeReplace: boolean }

/**
 * Runs a stack's program against Pulumi's mocks: nothing is made, everything is written down.
 * Outputs that a cloud computes are filled in with values that can be told apart.
 */
export async function programOf(stack: StackName, change: Record<string, string | undefined> = {}, { preview = false, alone = false, before, elsewhere, recorded = [] }: Circumstances = {}): Promise<{ made: Made[]; outputs: Record<string, any> }> {
    const made: Made[] = [];
    const options = new Map<string, Options>();
    await pulumi.runtime.setMocks({
        newResource(args) {
            made.push({ type: args.type, name: args.name, inputs: args.inputs, options: options.get(`${args.type} ${args.name}`) });
            return { id: `${args.name}-id`, state: { ...computed(args, alone), ...args.inputs } };
        },
        call: ({ token, inputs }) => (token.endsWith(":readStackResourceOutputs") ? { outputs: { ...recorded } } : token.endsWith(":readStackOutputs") ? { outputs: { versions: inputs.name.endsWith(`/${stack}`) ? before : elsewhere } } : token.endsWith(":getAmi") ? { id: "ami-newest" } : { location: "us-east-1c" }),
    }, "antipode", stack, preview, "organization");
    noteOptions(options);
    const raw = examples(stack);
    const config = Object.fromEntries(Object.entries({ ...raw.values, ...change }).flatMap(([key, value]) => (value === undefined ? [] : [[`antipode:${key}`, value]])));
    const known: Record<string, Field> = fields[stack];
    pulumi.runtime.setAllConfig(config, [...raw.secrets, ...Object.keys(change).filter((name) => known[name]?.secret)].map((key) => `antipode:${key}`));
    // Registrations go on after the program has ended, however it has.
    const outputs = await pulumi.runtime.runInPulumiStack(async () => await programs[stack]()).finally(() => pulumi.runtime.disconnect());
    return { made, outputs: (await resolve(outputs)) as Record<string, any> };
}

/** Mocks hear of no options, so the requests are read before they reach them. */
function noteOptions(options: Map<string, Options>): void {
    const monitor = pulumi.runtime.getMonitor() as any;
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request: any, reply: unknown) => {
        options.set(`${request.getType()} ${request.getName()}`, {
            replaceOnChanges: request.getReplaceonchangesList(), ignoreChanges: request.getIgnorechangesList(), deleteBeforeReplace: request.getDeletebeforereplace(),
        });
        return register(request, reply);
    };
}

function computed({ type, name }: pulumi.runtime.MockResourceArgs, alone: boolean): Record<string, unknown> {
    switch (type) {
        case "tls:index/privateKey:PrivateKey": return { privateKeyOpenssh: `private ${name}`, publicKeyOpenssh: `ssh-test ${name}`, privateKeyPem: `pem ${name}` };
        case "random:index/randomPassword:RandomPassword": return { result: `result of ${name}` };
        case "tls:index/selfSignedCert:SelfSignedCert":
        case "tls:index/locallySignedCert:LocallySignedCert": return { certPem: `certificate ${name}` };
        case "tls:index/certRequest:CertRequest": return { certRequestPem: `request ${name}` };
        case "docker:index/image:Image": return { repoDigest: `registry/${name}@sha256:0` };
        case "aws:ec2/eip:Eip": return { publicIp: "198.51.100.7", allocationId: "eipalloc-7" };
        case "tencentcloud:index/eip:Eip": return { publicIp: "198.51.100.130" };
        case "pulumi-nodejs:dynamic:Resource": return { dockerHost: "ssh://ubuntu@192.0.2.1" };
        case "pulumi:pulumi:StackReference": return alone ? { outputs: {}, secretOutputNames: [] } : {
            outputs: {
                hostname: `${name.split("/").pop()}.yourapp.com`,
                tencentRegion: "ap-shanghai",
                jwtSecret: "the key that signs",
                jwtSecretPrevious: "the key before",
                peerSecret: "the gateways' proof",
                testerKey: "the testers' key",
                doors: { us: "sg-door-us" },
                database: { uri: "mongodb://db.cn.yourapp.com:27017/aiagent?tls=true", user: "aiagent", password: "app password", ca: "the authority" },
            },
            secretOutputNames: ["jwtSecret", "jwtSecretPrevious", "peerSecret", "testerKey", "database"],
        };
        default: return {};
    }
}

function resolve(value: unknown): Promise<unknown> {
    return new Promise((done) => pulumi.output(value as object).apply(done));
}

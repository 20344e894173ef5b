import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { Store } from "../store";
import { aws } from "./aws";
import { cloudflare } from "./cloudflare";
import { random } from "./random";
import { startProviders, type Providers } from "./server";
import { tencent } from "./tencent";
import { Engine, urn } from "./testing/engine";
import { tls } from "./tls";
import { UNKNOWN, isSecret, plain, secret } from "./values";

const VPC = urn("aws:ec2/vpc:Vpc", "net");
const GROUP = urn("aws:ec2/securityGroup:SecurityGroup", "web");
const KEY = urn("aws:ec2/keyPair:KeyPair", "operator");
/** What the bridge's Check fills in. */
const GROUP_DEFAULTS = { description: "Managed by Pulumi", revokeRulesOnDelete: false, __defaults: ["description", "revokeRulesOnDelete"] };
const VPC_DEFAULTS = { enableDnsSupport: true, instanceTenancy: "default" };
const CREDENTIALS = { region: "us-east-1", accessKey: "key", secretKey: secret("key"), defaultTags: JSON.stringify({ tags: { project: "antipode" } }) };

let folder: string;
let store: Store;
let gate: { settle(): Promise<void> };
let providers: Providers;
let engine: Engine;

async function start(): Promise<void> {
    store = new Store(join(folder, "store.json"));
    providers = await startProviders({
        packages: [aws, tencent, cloudflare, tls, random], store, substrate: { settle: () => gate.settle() }, ledger: join(folder, "ledger.json"), ports: providers?.ports, patience: 0,
    });
    engine = new Engine(providers.ports.aws!);
    await engine.configure(CREDENTIALS);
}

async function stop(): Promise<void> {
    engine.close();
    await providers.close();
}

beforeEach(async () => {
    folder = scratch();
    gate = { settle: async () => undefined };
    await start();
});

afterEach(stop);

describe("the provider protocol", () => {
    it("names every package in the attach list", () => {
        expect(providers.attach.split(",").map((entry) => entry.split(":")[0])).toEqual(["aws", "terraform-provider", "cloudflare", "tls", "random"]);
    });

    it("refuses empty credentials and a region that is not there", async () => {
        const other = new Engine(providers.ports.aws!);
        await expect(other.configure({ ...CREDENTIALS, secretKey: "" })).rejects.toThrow('No valid credential sources found. Set the provider\'s "secretKey"');
        await expect(other.configure({ ...CREDENTIALS, region: "moon-1" })).rejects.toThrow("invalid AWS Region: moon-1");
        await expect(other.check(VPC, {})).rejects.toThrow("asked before it was configured");
        other.close();
    });

    it("names an unknown property with the nearest right one, a wrong type and a missing argument", async () => {
        expect((await engine.check(VPC, { cidrBlok: "10.0.0.0/16", enableDnsSupport: "yes" })).failures).toEqual([
            { property: "cidrBlok", reason: 'unknown property "cidrBlok". Did you mean "cidrBlock"?' },
            { property: "enableDnsSupport", reason: '"enableDnsSupport" must be a boolean, not the string "yes"' },
        ]);
        expect((await engine.check(KEY, {})).failures).toEqual([{ property: "publicKey", reason: 'missing required property "publicKey"' }]);
    });

    it("names a resource as the bridge does, and keeps the name", async () => {
        const first = await engine.check(GROUP, { vpcId: "vpc-1" });
        expect(first.inputs.name).toMatch(/^web-[0-9a-f]{7}$/);
        expect((await engine.check(GROUP, { vpcId: "vpc-1", description: "x" }, first.inputs)).inputs.name).toBe(first.inputs.name);
    });

    it.each([UNKNOWN, "web-"])("gives no name where a prefix is given: %s", async (namePrefix) => {
        expect(await engine.check(GROUP, { vpcId: "vpc-1", namePrefix })).toEqual({ inputs: { vpcId: "vpc-1", namePrefix, ...GROUP_DEFAULTS }, failures: [] });
        expect((await engine.check(KEY, { publicKey: UNKNOWN, keyNamePrefix: namePrefix })).failures).toEqual([]);
    });

    it.each<[string, string, boolean]>([
        ["aws", GROUP, true],
        // The dynamic bridge leaves it at false (pulumi-terraform-bridge, pkg/pf/tfbridge/provider_diff.go).
        ["terraform-provider", urn("tencentcloud:index/vpc:Vpc", "net"), false],
        ["terraform-provider", urn("tencentcloud:index/subnet:Subnet", "a"), false],
        ["terraform-provider", urn("tencentcloud:index/securityGroup:SecurityGroup", "web"), false],
        ["terraform-provider", urn("tencentcloud:index/eip:Eip", "cn"), false],
    ])("deletes what has a given name before its successor comes, if the plug-in does: %s %s", async (name, resource, deleteFirst) => {
        const other = new Engine(providers.ports[name]!);
        await other.configure(name === "aws" ? CREDENTIALS : { region: "ap-shanghai", secretId: "id", secretKey: "key" });
        const inputs = { name: "net", description: "a", cidrBlock: "10.0.0.0/16", projectId: 0, type: "EIP" };
        expect((await other.diff(resource, "id", inputs, inputs, { ...inputs, description: "b", cidrBlock: "10.1.0.0/16", projectId: 1, type: "AnycastEIP" })).deleteFirst).toBe(deleteFirst);
        other.close();
    });

    it("makes a name of a prefix, and keeps it", async () => {
        const vpcId = (await engine.create(VPC, { cidrBlock: "10.0.0.0/16" })).id;
        const inputs = { vpcId, namePrefix: "web-" };
        const { id, outputs } = await engine.create(GROUP, inputs);
        expect(outputs.name).toMatch(/^web-\d{18}[0-9a-f]{8}$/);
        const changed = { ...inputs, tags: { Name: "web" } };
        expect(await engine.diff(GROUP, id, inputs, outputs, { ...inputs, namePrefix: "db-" })).toMatchObject({ replaces: ["namePrefix"], deleteFirst: false });
        expect((await engine.update(GROUP, id, inputs, outputs, changed)).name).toBe(outputs.name);
    });

    it("creates, finds nothing to do, replaces and deletes", async () => {
        const { inputs } = await engine.check(VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: "net" } });
        expect(inputs).toEqual({ cidrBlock: "10.0.0.0/16", tags: { Name: "net" }, ...VPC_DEFAULTS, __defaults: ["enableDnsSupport", "instanceTenancy"] });
        expect((await engine.create(VPC, inputs, true)).outputs).toEqual({ cidrBlock: "10.0.0.0/16", tags: { Name: "net" }, ...VPC_DEFAULTS });
        const { id, outputs } = await engine.create(VPC, inputs);
        expect(id).toMatch(/^vpc-[0-9a-f]{17}$/);
        expect(outputs.tagsAll).toEqual({ project: "antipode", Name: "net" });
        expect(await engine.diff(VPC, id, inputs, outputs, inputs)).toEqual({ changes: 1, replaces: [], detailed: {}, deleteFirst: false });
        expect(await engine.diff(VPC, id, inputs, outputs, { cidrBlock: "10.1.0.0/16", tags: { Name: "other", team: "x" } })).toEqual({
            changes: 2, replaces: ["cidrBlock"], detailed: { cidrBlock: 5, "tags.Name": 4, "tags.team": 0 }, deleteFirst: false,
        });
        expect((await engine.diff(VPC, id, inputs, outputs, { ...inputs, tags: {} }, ["tags"])).changes).toBe(1);
        expect((await engine.update(VPC, id, inputs, outputs, { ...inputs, tags: { Name: "new" } })).tagsAll).toEqual({ project: "antipode", Name: "new" });
        await engine.delete(VPC, id, outputs);
        expect(store.list("aws")).toEqual([]);
        expect((await engine.read(VPC, id, inputs, outputs)).id).toBe("");
    });

    it("does not know in a preview what the update makes anew, and keeps the rest", async () => {
        const inputs = { cidrBlock: "10.0.0.0/16", tags: { Name: "net" } };
        const { id, outputs } = await engine.create(VPC, inputs);
        const { tagsAll, ...others } = outputs;
        expect(tagsAll).toEqual({ project: "antipode", Name: "net" });
        expect(await engine.update(VPC, id, inputs, outputs, { ...inputs, tags: { Name: "new" } }, true)).toEqual({ ...others, tags: { Name: "new" } });
        expect(await engine.update(VPC, id, inputs, outputs, { ...inputs, enableDnsHostnames: true }, true)).toEqual({ ...outputs, enableDnsHostnames: true });
        expect(await engine.update(VPC, id, inputs, outputs, inputs, true)).toEqual(outputs);
    });

    it("tells what was changed by hand, as inputs", async () => {
        const { inputs } = await engine.check(VPC, { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
        const { id, outputs } = await engine.create(VPC, inputs);
        expect(await engine.read(VPC, id, inputs, outputs)).toEqual({ id, inputs, outputs });
        const record = store.get("aws", id)!;
        store.put({ ...record, props: { ...record.props, enableDnsHostnames: false } });
        expect((await engine.read(VPC, id, inputs, outputs)).inputs).toEqual({ ...inputs, enableDnsHostnames: false });
    });

    it("keeps a secret a secret, also one that the provider makes", async () => {
        const vpc = await engine.create(VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: secret("hush") } });
        expect(isSecret((vpc.outputs.tags as Record<string, unknown>).Name)).toBe(true);
        expect(JSON.stringify(await engine.diff(VPC, vpc.id, { tags: { Name: secret("a") } }, vpc.outputs, { tags: { Name: "a" } }))).toContain('"changes":1');
        const tls = new Engine(providers.ports.tls!);
        await tls.configure({});
        const made = await tls.create(urn("tls:index/privateKey:PrivateKey", "k"), { algorithm: "ED25519" });
        expect([isSecret(made.outputs.privateKeyPem), isSecret(made.outputs.publicKeyOpenssh)]).toEqual([true, false]);
        const read = await tls.read(urn("tls:index/privateKey:PrivateKey", "k"), made.id, { algorithm: "ED25519" }, made.outputs);
        expect(read.outputs).toEqual(made.outputs);
        tls.close();
    });

    it("answers functions", async () => {
        expect((await engine.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", { state: "available" })).names).toHaveLength(6);
        await expect(engine.invoke("aws:ec2/getAmis:getAmis", {})).rejects.toThrow('unknown function "aws:ec2/getAmis:getAmis". Did you mean "aws:ec2/getAmi:getAmi"?');
    });
});

describe("creates that were cut short", () => {
    it("are adopted by the next create of the same resource, whose reply the engine then hears", async () => {
        const vpcId = (await engine.create(VPC, { cidrBlock: "10.0.0.0/16" })).id;
        const inputs = { name: "web", vpcId };
        const waiting = new Promise<void>((reached) => {
            gate.settle = async () => {
                reached();
                await opened;
            };
        });
        let open: () => void = () => undefined;
        const opened = new Promise<void>((resolve) => (open = resolve));
        await engine.abandonCreate(GROUP, inputs, waiting);
        // One connection keeps the order: when this is answered, the server has heard that the create was given up.
        await engine.check(VPC, {});
        const abandoned = store.list("aws", "securityGroup").find((g) => g.props.name === "web")!.id;
        const second = engine.create(GROUP, inputs);
        open();
        expect((await second).id).toBe(abandoned);
        expect(store.list("aws", "securityGroup").filter((g) => g.props.name === "web")).toHaveLength(1);
    });

    it("are found by the ids that the stack knows: adopted, or deleted before another is made", async () => {
        const first = await engine.create(VPC, { cidrBlock: "10.0.0.0/16" });
        expect(providers.claim("us", []).map((e) => e.id)).toEqual([first.id]);
        expect((await engine.create(VPC, { cidrBlock: "10.0.0.0/16" })).id).toBe(first.id);
        expect(providers.claim("us", [first.id])).toEqual([]);
        providers.claim("us", []);
        const other = await engine.create(VPC, { cidrBlock: "10.1.0.0/16" });
        expect(store.list("aws", "vpc").map((r) => r.id)).toEqual([other.id]);
    });

    it("are swept, those of another stack are not", async () => {
        const kept = await engine.create(urn("aws:ec2/vpc:Vpc", "net", "eu"), { cidrBlock: "10.2.0.0/16" });
        const vpc = await engine.create(VPC, { cidrBlock: "10.0.0.0/16" });
        const subnet = await engine.create(urn("aws:ec2/subnet:Subnet", "a"), { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
        providers.claim("us", []);
        expect(await providers.sweep("us")).toEqual({ removed: [subnet.id, vpc.id], failed: [] });
        expect(store.list("aws", "vpc").map((r) => r.id)).toEqual([kept.id]);
    });

    it("survive the daemon: what exists is an orphan, and the ports are the same", async () => {
        const vpc = await engine.create(VPC, { cidrBlock: "10.0.0.0/16" });
        const inputs = { cidrBlock: "10.0.1.0/24", vpcId: vpc.id };
        let reached: () => void = () => undefined;
        const waiting = new Promise<void>((resolve) => (reached = resolve));
        gate.settle = () => (reached(), new Promise<void>(() => undefined));
        const lost = engine.create(urn("aws:ec2/subnet:Subnet", "a"), inputs).catch(() => "lost");
        await waiting;
        const { attach } = providers;
        await stop();
        expect(await lost).toBe("lost");
        gate.settle = async () => undefined;
        await start();
        expect(providers.attach).toBe(attach);
        const again = await engine.create(urn("aws:ec2/subnet:Subnet", "a"), inputs);
        expect(store.list("aws", "subnet").map((r) => r.id)).toEqual([again.id]);
    });

    it("leave nothing when they are refused or the machine cannot boot", async () => {
        const vpc = await engine.create(VPC, { cidrBlock: "10.0.0.0/16" });
        let calls = 0;
        gate.settle = async () => {
            if (calls++ === 0) throw new Error("machine i-1 did not boot: no space left on device");
        };
        await expect(engine.create(urn("aws:ec2/subnet:Subnet", "a"), { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" })).rejects.toThrow("no space left on device");
        expect(store.list("aws", "subnet")).toEqual([]);
        expect(providers.claim("us", [vpc.id])).toEqual([]);
    });

    it("never take a resource that is being replaced for an orphan", async () => {
        const first = await engine.create(VPC, { cidrBlock: "10.0.0.0/16" });
        const second = await engine.create(VPC, { cidrBlock: "10.0.0.0/16" });
        expect(second.id).not.toBe(first.id);
        expect(plain(second.outputs)).toMatchObject({ cidrBlock: "10.0.0.0/16" });
    });
});

import { beforeAll, describe, expect, it } from "vitest";
import app from "../app/package.json";
import type { MadeVersion } from "../infra/region/made";
import { scratch } from "../testing/scratch";
import { programOf, type Made } from "./mocks";

process.env.ANTIPODE_KEYS = scratch();

/** The service of the version in the source. */
const service = `app-${app.version.replaceAll(".", "-")}`;

/** A Docker secret as its container reads it; sealed, as everything that came of a secret. */
const plain = (made: Made[], name: string) => Buffer.from(made.find((resource) => resource.name === name)!.inputs.data.value, "base64").toString();

describe.each(["cn", "us"] as const)("stack %s", (stack) => {
    let made: Made[];
    let outputs: Record<string, any>;
    beforeAll(async () => {
        ({ made, outputs } = await programOf(stack, stack === "cn" ? { peers: '["us"]' } : {}));
    });
    const one = (type: string, name?: string) => made.find((resource) => resource.type.endsWith(type) && (!name || resource.name === name))!.inputs;

    it("tells where it is", () => {
        expect(outputs).toMatchObject({ region: stack, hostname: `${stack}.yourapp.com`, url: `https://${stack}.yourapp.com`, version: app.version });
    });

    it("runs its services in the Swarm, by digest and without a secret in the environment", () => {
        const services = made.filter(({ type }) => type === "docker:index/service:Service");
        expect(services.map(({ inputs }) => inputs.name).sort()).toEqual([service, "gateway", ...(stack === "cn" ? ["mongod"] : []), "pilot"]);
        for (const { inputs } of services) {
            const { image, env = {} } = inputs.taskSpec.containerSpec;
            expect(image).toMatch(/@sha256:/);
            expect(Object.keys(env).filter((name) => /PASSWORD|_KEY|(?<!WECHAT_APP)SECRET/.test(name))).toEqual([]);
            expect(inputs.endpointSpec.mode).toBe("dnsrr");
        }
    });

    it("says how long in the words that the Docker provider reads back", () => {
        const services = made.filter(({ type }) => type === "docker:index/service:Service").map(({ inputs }) => inputs);
        expect(Object.fromEntries(services.map(({ name, taskSpec }) => [name, taskSpec.containerSpec.stopGracePeriod]))).toEqual({
            [service]: "45s", gateway: "10s", pilot: "15s", ...(stack === "cn" ? { mongod: "1m" } : {}),
        });
        for (const { taskSpec, updateConfig, rollbackConfig, convergeConfig } of services) {
            expect(taskSpec.restartPolicy).toEqual({ condition: "any", delay: "1s", maxAttempts: 0, window: "0s" });
            expect([updateConfig, rollbackConfig]).toMatchObject([{ delay: "0s", monitor: "2s" }, { delay: "0s", monitor: "2s" }]);
            expect(convergeConfig).toEqual({ delay: "1s", timeout: "5m" });
        }
    });

    it("publishes web ports, and 27017 where the database is", () => {
        const ports = made.filter(({ type }) => type === "docker:index/service:Service").flatMap(({ inputs }) => inputs.endpointSpec.ports ?? []);
        expect(ports.map((port: any) => port.publishedPort).sort()).toEqual(stack === "cn" ? [27017, 443, 80] : [443, 80]);
        expect(new Set(ports.map((port: any) => port.publishMode))).toEqual(new Set(["host"]));
    });

    it("gives the app its settings and secret files", () => {
        const { containerSpec } = one("Service", `${stack}-${service}`).taskSpec;
        expect(containerSpec.env).toMatchObject({
            REGION: stack.toUpperCase(), SERVER_NAME: `${stack}.yourapp.com`, MAX_SSE_CONNECTIONS: "200", PORT: "80",
            LLM_UPSTREAMS: "ark", DEEPSEEK_MODEL: "deepseek-flash", CORS_ORIGINS: "", LOGINS_PER_MINUTE: "30", TRUSTED_PROXIES: "172.30.0.0/16",
        });
        expect(containerSpec.env.MONGODB_URI).toContain(stack === "cn" ? "mongodb://mongod:27017/" : "mongodb://db.cn.yourapp.com:27017/");
        expect(containerSpec.secrets.map((secret: any) => secret.fileName).sort()).toEqual([
            "JWT_SECRET", "JWT_SECRET_PREVIOUS", "MONGODB_CA", "MONGODB_PASSWORD", "TESTER_KEY", "VOLCENGINE_API_KEY", "WECHAT_SECRET",
        ]);
    });

    it("keeps the app's journal on the machine, whatever becomes of the container, and shows its metrics to nobody outside", () => {
        const { taskSpec, endpointSpec } = one("Service", `${stack}-${service}`);
        expect(taskSpec.containerSpec.mounts).toContainEqual({ type: "volume", source: "antipode-journal", target: "/journal", readOnly: false });
        expect(endpointSpec.ports).toBeUndefined();
    });
});

describe("the key of the users' tokens", () => {
    const keys = async (change: Record<string, string>) => {
        const { made, outputs } = await programOf("cn", change);
        const given = [`cn-${service}-secrets-JWT_SECRET`, `cn-${service}-secrets-JWT_SECRET_PREVIOUS`, "cn-pilot-secrets-PEER_SECRET"].map((name) => plain(made, name));
        expect([outputs.jwtSecret, outputs.jwtSecretPrevious, outputs.peerSecret]).toEqual(given);
        return given.map((text) => text.replace("result of ", ""));
    };

    it("changes with its number; the one before stays good, and the gateways' proof is another", async () => {
        expect(await keys({})).toEqual(["jwt-secret-1", "jwt-secret-0", "peer-secret"]);
        expect(await keys({ jwtKey: "2" })).toEqual(["jwt-secret-2", "jwt-secret-1", "peer-secret"]);
        expect(await keys({ jwtKey: "2", jwtKeyAccepted: "3" })).toEqual(["jwt-secret-2", "jwt-secret-3", "peer-secret"]);
    });

    it("is the same in us", async () => {
        const { made } = await programOf("us");
        expect([`us-${service}-secrets-JWT_SECRET`, `us-${service}-secrets-JWT_SECRET_PREVIOUS`, "us-pilot-secrets-PEER_SECRET"].map((name) => plain(made, name)))
            .toEqual(["the key that signs", "the key before", "the gateways' proof"]);
    });
});

describe("testers", () => {
    const pilot = (made: Made[], stack: string) => made.find(({ name }) => name === `${stack}-pilot`)!.inputs.taskSpec.containerSpec;

    it("prove themselves by one key, which the apps and the pilots of both regions have", async () => {
        const cn = await programOf("cn");
        const us = await programOf("us");
        expect([cn.outputs.testerKey, plain(cn.made, `cn-${service}-secrets-TESTER_KEY`), plain(cn.made, "cn-pilot-secrets-TESTER_KEY")]).toEqual(Array(3).fill("result of tester-key"));
        expect([plain(us.made, `us-${service}-secrets-TESTER_KEY`), plain(us.made, "us-pilot-secrets-TESTER_KEY")]).toEqual(Array(2).fill("the testers' key"));
    });

    it("are told to the pilot and are no part of a version", async () => {
        const testers = ["o6_bmjrPTlm6_2sgVt7hMZOPfL2M", "oABCD0123456789-abcdefghijkl"];
        const [without, listed] = [await programOf("us"), await programOf("us", { testers: JSON.stringify(testers) })];
        expect([pilot(without.made, "us").env.TESTERS, pilot(listed.made, "us").env.TESTERS]).toEqual(["", testers.join(",")]);
        expect(listed.outputs.versions).toEqual(without.outputs.versions);
    });
});

describe("who is told of releases", () => {
    const told = async (change: Record<string, string>) => {
        const { made } = await programOf("us", change);
        const pilot = made.find(({ name }) => name === "us-pilot")!.inputs.taskSpec.containerSpec;
        return [made.find(({ name }) => name === "us-pilot-secrets-RELEASE_WEBHOOK")?.inputs.data, pilot.secrets.some(({ fileName }: any) => fileName === "RELEASE_WEBHOOK"), "RELEASE_WEBHOOK" in pilot.env];
    };

    it("is nobody, or whom the pilot reads of in a secret", async () => {
        expect(await told({})).toEqual([undefined, false, false]);
        const [data, ...rest] = await told({ releaseWebhook: "https://hooks.yourapp.com/T0" });
        // Sealed, so that the state keeps it encrypted.
        expect([Buffer.from(data.value, "base64").toString(), ...rest]).toEqual(["https://hooks.yourapp.com/T0", true, false]);
    });
});

describe("the versions of the app", () => {
    const version = (version: string, ordinal: number, hash = "0"): MadeVersion => ({ version, image: `registry/app@sha256:${ordinal}`, hash, secrets: ["JWT_SECRET"], ordinal });
    const services = ({ made }: { made: Made[] }) => made.filter(({ type, inputs }) => type === "docker:index/service:Service" && inputs.labels.some(({ value }: any) => value === "app"));

    it("are the one of the source, and the last four beside it, as they were made", async () => {
        const before = [1, 2, 3, 4, 5].map((ordinal) => version(`0.${ordinal}.0`, ordinal));
        const program = await programOf("cn", {}, { before });
        expect(services(program).map(({ name, inputs }) => [name, inputs.taskSpec.containerSpec.image, inputs.mode.replicated.replicas]).sort()).toEqual([
            ["cn-app-0-2-0", "registry/app@sha256:2", 0], ["cn-app-0-3-0", "registry/app@sha256:3", 0], ["cn-app-0-4-0", "registry/app@sha256:4", 0],
            ["cn-app-0-5-0", "registry/app@sha256:5", 0], [`cn-${service}`, "registry/cn-images-app@sha256:0", 0],
        ]);
        expect(program.outputs.versions.map(({ version, ordinal }: MadeVersion) => [version, ordinal])).toEqual([[app.version, 6], ["0.5.0", 5], ["0.4.0", 4], ["0.3.0", 3], ["0.2.0", 2]]);
    });

    it("that are kept have the settings of now where their services are created once more", async () => {
        const [kept, current] = services(await programOf("cn", {}, { before: [version("0.1.0", 1)] })).sort((one, other) => one.name.localeCompare(other.name)).map(({ inputs }) => inputs.taskSpec.containerSpec.env);
        expect(kept).toEqual(current);
        expect(kept).toMatchObject({ REGION: "CN", PORT: "80" });
    });

    it("are made once: the same again is the same, and another setting is another version", async () => {
        const { outputs } = await programOf("cn");
        expect(outputs.versions).toEqual([{ version: app.version, image: "registry/cn-images-app@sha256:0", hash: expect.stringMatching(/^[0-9a-f]{16}$/), ordinal: 1, secrets: expect.arrayContaining(["JWT_SECRET", "WECHAT_SECRET"]) }]);
        expect((await programOf("cn", {}, { before: outputs.versions })).outputs.versions).toEqual(outputs.versions);
        for (const change of [{ logLevel: "debug" }, { wechatSecret: "another" }, { jwtKey: "2" }] as Record<string, string>[]) {
            expect((await programOf("cn", change)).outputs.versions[0].hash).not.toBe(outputs.versions[0].hash);
        }
    });

    it("come to the visitors as they were told to, or as all do", async () => {
        const labels = async () => services(await programOf("cn"))[0]!.inputs.labels.map(({ label, value }: any) => `${label}=${value}`);
        expect(await labels()).toEqual(["antipode.role=app", `antipode.version=${app.version}`, "antipode.ordinal=1"]);
        process.env.ANTIPODE_STRATEGY = "high";
        expect((await labels().finally(() => delete process.env.ANTIPODE_STRATEGY))).toContain("antipode.strategy=high");
    });
});

describe("stack us", () => {
    let made: Made[];
    beforeAll(async () => void ({ made } = await programOf("us")));
    const of = (type: string) => made.filter((resource) => resource.type.endsWith(type)).map(({ inputs }) => inputs);

    it("opens 80 and 443 to all and 22 to administrators only", () => {
        expect(of(":SecurityGroupIngressRule").map((rule) => [rule.fromPort, rule.cidrIpv4])).toEqual([
            [80, "0.0.0.0/0"], [443, "0.0.0.0/0"], [22, "203.0.113.7/32"],
        ]);
    });

    it("stands in a zone that has its type, or in the one that was set", async () => {
        expect(of(":Subnet")[0]).toMatchObject({ availabilityZone: "us-east-1c", cidrBlock: "10.11.1.0/24" });
        const set = await programOf("us", { zone: "us-east-1a" });
        expect(set.made.find(({ type }) => type.endsWith(":Subnet"))!.inputs.availabilityZone).toBe("us-east-1a");
    });

    it("makes a machine with IMDSv2 only and an encrypted disk", () => {
        expect(of(":Instance")[0]).toMatchObject({
            ami: "ami-newest", instanceType: "t3.medium", metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }, rootBlockDevice: { encrypted: true, volumeType: "gp3" },
        });
    });

    it("opens its own door to the database, and no other", () => {
        expect(of(":SecurityGroupRuleSet")).toEqual([{
            securityGroupId: "sg-door-us",
            ingresses: [{ action: "ACCEPT", cidrBlock: "198.51.100.7/32", protocol: "TCP", port: "27017", description: "MongoDB from us" }],
        }]);
    });
});

describe("stack cn", () => {
    it("keeps an empty door for each peer, after its own rules", async () => {
        const { made } = await programOf("cn", { peers: '["us"]' });
        const machine = made.find(({ type }) => type === "tencentcloud:index/instance:Instance")!.inputs;
        expect(machine.orderlySecurityGroups).toEqual(["cn-firewall-id", "cn-door-us-id"]);
        const sets = made.filter(({ type }) => type.endsWith(":SecurityGroupRuleSet"));
        expect(sets.map(({ inputs }) => inputs.securityGroupId)).toEqual(["cn-firewall-id"]);
        expect(sets[0]!.inputs.ingresses.map((rule: any) => [rule.port, rule.cidrBlock])).toEqual([["80", "0.0.0.0/0"], ["443", "0.0.0.0/0"], ["22", "203.0.113.7/32"]]);
    });

    it("stands alone at growth stage 1", async () => {
        const { made } = await programOf("cn");
        expect(made.filter(({ type }) => type === "tencentcloud:index/securityGroup:SecurityGroup").map(({ name }) => name)).toEqual(["cn-firewall"]);
        expect(made.filter(({ type }) => type === "pulumi:pulumi:StackReference").map(({ name }) => name)).toEqual([]);
    });

    it("signs the database's certificate for the names that it is reached under", async () => {
        const { made } = await programOf("cn");
        expect(made.find(({ type }) => type.endsWith(":CertRequest"))!.inputs.dnsNames).toEqual(["db.cn.yourapp.com", "mongod", "localhost"]);
    });
});

describe("stack edge", () => {
    it("steers each part of the world, with the other region behind", async () => {
        const { made } = await programOf("edge");
        const balancer = made.find(({ type }) => type.endsWith(":LoadBalancer"))!.inputs;
        expect(balancer).toMatchObject({
            name: "api.yourapp.com", steeringPolicy: "geo", proxied: false,
            countryPools: { CN: ["geodns-cn-id", "geodns-us-id"] }, defaultPools: ["geodns-us-id", "geodns-cn-id"], fallbackPool: "geodns-cn-id",
        });
        expect(balancer.regionPools.ENAM).toEqual(["geodns-us-id", "geodns-cn-id"]);
        expect(made.filter(({ type }) => type.endsWith(":LoadBalancerPool")).map(({ inputs }) => inputs.origins[0].address)).toEqual(["cn.yourapp.com", "us.yourapp.com"]);
    });

    it("looks at each region from where its visitors are, as often as the subscription allows", async () => {
        const watched = async (change: Record<string, string>) => {
            const { made } = await programOf("edge", change);
            const of = (type: string) => made.filter((resource) => resource.type.endsWith(type)).map(({ inputs }) => inputs);
            return [of(":LoadBalancerMonitor")[0]!.interval, ...of(":LoadBalancerPool").map(({ checkRegions }) => checkRegions)];
        };
        expect(await watched({})).toEqual([15, ["NEAS", "SEAS"], ["ENAM", "WNAM"]]);
        expect(await watched({ checkRegions: "1", checkIntervalSeconds: "60" })).toEqual([60, ["NEAS"], ["ENAM"]]);
    });

    it("is one pool at growth stage 1", async () => {
        const { made } = await programOf("edge", { regions: '["cn"]' });
        expect(made.filter(({ type }) => type.endsWith(":LoadBalancerPool"))).toHaveLength(1);
        expect(made.find(({ type }) => type.endsWith(":LoadBalancer"))!.inputs).toMatchObject({ defaultPools: ["geodns-cn-id"], countryPools: { CN: ["geodns-cn-id"] } });
    });
});

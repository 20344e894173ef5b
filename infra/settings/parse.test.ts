import { describe, expect, it } from "vitest";
import { parse } from "./parse";
import { examples } from "./examples";
import type { StackName } from "./schema";

/** A good configuration of the stack, changed; `undefined` takes a setting away. */
function faultsOf(stack: StackName, change: Record<string, string | undefined>, plain: string[] = []): string[] {
    const raw = examples(stack);
    for (const [name, value] of Object.entries(change)) {
        if (value === undefined) delete raw.values[name];
        else raw.values[name] = value;
    }
    const parsed = parse(stack, { values: raw.values, secrets: new Set([...raw.secrets].filter((name) => !plain.includes(name))) });
    return "faults" in parsed ? parsed.faults : [];
}

describe("settings", () => {
    it.each(["cn", "us", "edge"] as const)("the examples of %s are good", (stack) => expect(faultsOf(stack, {})).toEqual([]));

    it("fills in the defaults", () => {
        const parsed = parse("us", examples("us"));
        expect(parsed).toMatchObject({
            settings: { instanceType: "t3.medium", networkCidr: "10.11.0.0/16", maxSseConnections: 200, maxSseConnectionsPerUser: 1, imageMirror: "docker.io/library" },
        });
    });

    it.each([
        ["a missing secret", "cn", { wechatSecret: undefined }, "wechatSecret is missing, and the app is the bundled one: pulumi config set --stack cn --secret antipode:wechatSecret"],
        ["a missing setting", "us", { domain: undefined }, "domain is missing: pulumi config set --stack us antipode:domain 'yourapp.com'"],
        ["a misspelt setting", "us", { adminCidr: "[]" }, "adminCidr is not a setting; did you mean adminCidrs?"],
        ["a setting of nowhere", "us", { kubernetes: "yes" }, "kubernetes is not a setting (all are in docs/settings.md)"],
        ["a setting of another stack", "edge", { adminCidrs: "[]" }, "adminCidrs is a setting of cn and us, not of edge: pulumi config rm antipode:adminCidrs --stack edge"],
        ["a bad CIDR", "us", { adminCidrs: '["203.0.113.7"]' }, 'adminCidrs[0]: "203.0.113.7" is not an address range such as 203.0.113.7/32'],
        ["ssh from everywhere", "us", { adminCidrs: '["203.0.113.7/32", "0.0.0.0/0"]' }, 'adminCidrs[1]: "0.0.0.0/0" is everywhere'],
        ["ssh from everywhere in IPv6", "cn", { adminCidrs: '["::/0"]' }, 'adminCidrs[0]: "::/0" is everywhere'],
        ["ssh from half the world", "cn", { adminCidrs: '["128.0.0.0/1"]' }, 'adminCidrs[0]: "128.0.0.0/1" is wider than /8: name the addresses that administrators come from'],
        ["ssh from what Tencent takes for everywhere", "cn", { adminCidrs: '["0.0.0.0/8"]' }, 'adminCidrs[0]: "0.0.0.0/8" is everywhere: Tencent takes every range that begins with 0.0.0.0 for 0.0.0.0/0'],
        ["ssh from a narrow one of those", "us", { adminCidrs: '["0.0.0.0/32"]' }, 'adminCidrs[0]: "0.0.0.0/32" is everywhere: Tencent takes every range that begins with 0.0.0.0 for 0.0.0.0/0'],
        ["ssh from half the world that begins so", "cn", { adminCidrs: '["0.0.0.0/1"]' }, 'adminCidrs[0]: "0.0.0.0/1" is everywhere: Tencent takes every range that begins with 0.0.0.0 for 0.0.0.0/0'],
        ["ssh from this network", "cn", { adminCidrs: '["0.1.0.0/16"]' }, 'adminCidrs[0]: "0.1.0.0/16" is a range that nobody comes from: name the addresses that administrators come from'],
        ["ssh from the machine itself", "us", { adminCidrs: '["127.0.0.1/32"]' }, 'adminCidrs[0]: "127.0.0.1/32" is a range that nobody comes from: name the addresses that administrators come from'],
        ["ssh from a multicast group", "us", { adminCidrs: '["224.0.0.0/8"]' }, 'adminCidrs[0]: "224.0.0.0/8" is a range that nobody comes from: name the addresses that administrators come from'],
        ["AWS GovCloud", "us", { awsRegion: "us-gov-west-1" }, 'awsRegion: "us-gov-west-1" is in AWS GovCloud, where Ubuntu\'s images have another owner: set image to one of Ubuntu 22.04 there, or take another region'],
        ["AWS China", "us", { awsRegion: "cn-north-1" }, 'awsRegion: "cn-north-1" is in AWS China, where Ubuntu\'s images have another owner: set image to one of Ubuntu 22.04 there, or take another region'],
        ["an isolated region", "us", { awsRegion: "us-isob-east-1" }, 'awsRegion: "us-isob-east-1" is in an isolated partition of AWS, where Ubuntu\'s images have another owner: set image to one of Ubuntu 22.04 there, or take another region'],
        ["the European Sovereign Cloud", "us", { awsRegion: "eusc-de-east-1" }, 'awsRegion: "eusc-de-east-1" is in the AWS European Sovereign Cloud, where Ubuntu\'s images have another owner: set image to one of Ubuntu 22.04 there, or take another region'],
        ["ssh from nowhere", "cn", { adminCidrs: "[]" }, "adminCidrs: \"[]\" is empty: nobody could reach the machine by ssh"],
        ["no list", "cn", { adminCidrs: "203.0.113.7/32" }, 'adminCidrs: "203.0.113.7/32" is not a list'],
        ["a domain without a dot", "edge", { domain: "localhost" }, 'domain: "localhost" has no dot: it must be a domain that you own, such as yourapp.com'],
        ["a URL as a domain", "edge", { domain: "https://yourapp.com" }, 'domain: "https://yourapp.com" is not a domain name in small letters, such as yourapp.com'],
        ["an unknown plan", "cn", { plan: "cluster" }, 'plan: "cluster" is not a database plan (standalone)'],
        ["an unknown region", "edge", { regions: '["eu"]' }, 'regions[0]: "eu" is not a region (cn, us)'],
        ["a network that Tencent has not", "cn", { networkCidr: "10.16.0.0/16" }, 'networkCidr: "10.16.0.0/16" is in none of 10.0.0.0/12, 172.16.0.0/12, 192.168.0.0/16'],
        ["a network of the containers", "us", { networkCidr: "172.30.0.0/16" }, 'networkCidr: "172.30.0.0/16" overlaps 172.30.0.0/16, which the containers use'],
        ["a number out of range", "cn", { bandwidthMbps: "500" }, 'bandwidthMbps: "500" is more than 100'],
        ["a network that has no room for a subnet", "us", { networkCidr: "10.11.0.0/24" }, 'networkCidr: "10.11.0.0/24" has a mask that is not between /16 and /23'],
        ["the same administrators twice", "us", { adminCidrs: '["203.0.113.7/32", "203.0.113.7/32"]' }, 'adminCidrs[1]: "203.0.113.7/32" is there twice'],
        ["the same region twice", "edge", { regions: '["cn", "us", "cn"]' }, 'regions[2]: "cn" is there twice'],
        ["the database's own region as a peer", "cn", { peers: '["cn"]' }, 'peers[0]: "cn" is where the database is'],
        ["a zone of another region", "cn", { zone: "ap-beijing-3" }, 'zone: "ap-beijing-3" is not in ap-shanghai, which is the tencentRegion'],
        ["a region that the zone did not follow", "cn", { tencentRegion: "ap-guangzhou" }, 'zone: "ap-shanghai-2" is not in ap-guangzhou, which is the tencentRegion'],
        ["a zone of another AWS region", "us", { zone: "us-west-2a" }, 'zone: "us-west-2a" is not in us-east-1, which is the awsRegion'],
        ["a model service that nobody has", "us", { llmUpstreams: '["openai"]' }, 'llmUpstreams[0]: "openai" is not a model service (ark, deepseek)'],
        ["no model service", "us", { llmUpstreams: "[]" }, 'llmUpstreams: "[]" is empty: nobody would answer'],
        ["a model service without its key", "us", { llmUpstreams: '["ark", "deepseek"]' }, "deepseekApiKey is missing, and llmUpstreams names deepseek: pulumi config set --stack us --secret antipode:deepseekApiKey"],
        ["the default service without its endpoint", "us", { volcengineEndpointId: undefined }, "volcengineEndpointId is missing, and llmUpstreams names ark: pulumi config set --stack us antipode:volcengineEndpointId 'ep-20260101000000-abcde'"],
        ["a page instead of an origin", "cn", { corsOrigins: '["https://chat.yourapp.com/"]' }, 'corsOrigins[0]: "https://chat.yourapp.com/" is not an origin such as https://chat.yourapp.com'],
        ["every origin", "cn", { corsOrigins: '["*"]' }, 'corsOrigins[0]: "*" is not an origin such as https://chat.yourapp.com'],
        ["one key twice", "cn", { jwtKey: "2", jwtKeyAccepted: "2" }, "jwtKeyAccepted: 2 is the jwtKey itself, whose tokens are good anyway"],
        ["a key at us", "us", { jwtKey: "2" }, "jwtKey is a setting of cn, not of us: pulumi config rm antipode:jwtKey --stack us"],
        ["a registry without a namespace", "us", { registry: '{"server":"docker.io","username":"x"}' }, 'registry.server: "docker.io" is not a registry with a namespace such as ghcr.io/yourname'],
        ["a registry that ends in a slash", "us", { registry: '{"server":"ghcr.io/x/","username":"x"}' }, 'registry.server: "ghcr.io/x/" is not a registry with a namespace such as ghcr.io/yourname'],
        ["Tencent's region at us", "us", { tencentRegion: "ap-shanghai" }, "tencentRegion is a setting of cn, not of us: pulumi config rm antipode:tencentRegion --stack us"],
        ["a tester's telephone number", "cn", { testers: '["o6_bmjrPTlm6_2sgVt7hMZOPfL2M", "+86 138 0013 8000"]' }, 'testers[1]: "+86 138 0013 8000" is not an OpenID such as o6_bmjrPTlm6_2sgVt7hMZOPfL2M'],
        ["a tester's nickname", "us", { testers: '["小明"]' }, 'testers[0]: "小明" is not an OpenID such as o6_bmjrPTlm6_2sgVt7hMZOPfL2M'],
        ["no tester", "us", { testers: '[""]' }, 'testers[0]: "" is not an OpenID such as o6_bmjrPTlm6_2sgVt7hMZOPfL2M'],
        ["a tester who is a number", "cn", { testers: "[13800138000]" }, "testers[0]: 13800138000 is not an OpenID such as o6_bmjrPTlm6_2sgVt7hMZOPfL2M"],
        ["a tester who is no list", "us", { testers: "o6_bmjrPTlm6_2sgVt7hMZOPfL2M" }, 'testers: "o6_bmjrPTlm6_2sgVt7hMZOPfL2M" is not a list'],
        ["a tester twice", "us", { testers: '["oABCDEF", "oABCDEF"]' }, 'testers[1]: "oABCDEF" is there twice'],
        ["a tester too many", "us", { testers: JSON.stringify(Array.from({ length: 1_001 }, (_, index) => `oTester${index}`)) }, 'testers[1000]: "oTester1000" is one too many: there may be 1000'],
        ["a tester of edge", "edge", { testers: "[]" }, "testers is a setting of cn and us, not of edge: pulumi config rm antipode:testers --stack edge"],
        ["a health path that is a page", "us", { appHealthPath: "https://yourapp.com/up" }, 'appHealthPath: "https://yourapp.com/up" is not a path such as /up'],
        ["a health path that could end nginx's sentence", "us", { appHealthPath: "/up;$x" }, 'appHealthPath: "/up;$x" is not a path such as /up'],
        ["a check without a path", "us", { appCheck: '{"status":200}' }, `appCheck.path is missing, as in {"path":"/api/answer","method":"POST","body":{"question":"1+1"},"status":200,"text":"2"}`],
        ["a check of an unknown kind", "cn", { appCheck: '{"path":"/","code":200}' }, 'appCheck: "{"path":"/","code":200}" has a part that is none: code'],
        ["a check that reads with a body", "cn", { appCheck: '{"path":"/","body":"x"}' }, `appCheck.body: "x" is not sent with GET`],
        ["metrics at a port that is none", "cn", { appMetrics: '{"port":70000}' }, "appMetrics.port: 70000 is more than 65535"],
        ["a preset of nobody's", "cn", { appPreset: "blog" }, 'appPreset: "blog" is not a preset (chat, any)'],
        ["an environment that moves the port", "us", { appEnvironment: '{"PORT":"8080"}' }, 'appEnvironment.PORT: "8080" is set by the region: the app listens on it'],
        ["an environment with a strange name", "us", { appEnvironment: '{"MY-NAME":"x"}' }, 'appEnvironment.MY-NAME: "x" is not named such as LOG_COLOR: letters, digits and _'],
        ["an environment with a list in it", "us", { appEnvironment: '{"NAMES":["x"]}' }, 'appEnvironment.NAMES: ["x"] is not a text'],
        ["an environment that is none", "us", { appEnvironment: "x=1" }, 'appEnvironment: "x=1" is not a group of settings'],
        ["the bundled app without its mini-program", "us", { wechatAppid: undefined }, "wechatAppid is missing, and the app is the bundled one: pulumi config set --stack us antipode:wechatAppid 'wx0123456789abcdef'"],
        ["the same in a folder of one's own", "us", { appFolder: "../mine", appPreset: "chat", wechatAppid: undefined }, "wechatAppid is missing, and the app is the bundled one: pulumi config set --stack us antipode:wechatAppid 'wx0123456789abcdef'"],
        ["half a registry", "cn", { registry: '{"server":"ghcr.io/x"}' }, 'registry.username is missing, as in {"server":"ccr.ccs.tencentyun.com/yourname","username":"100000000001"}'],
    ] as const)("%s", (_, stack, change, fault) => expect(faultsOf(stack, change)).toEqual([fault]));

    it("takes another partition of AWS with an image of that partition", () => {
        expect(faultsOf("us", { awsRegion: "us-gov-west-1", image: "ami-0123456789abcdef0" })).toEqual([]);
    });

    it("of a model service that is not asked may be left out", () => {
        expect(faultsOf("us", { llmUpstreams: '["deepseek"]', deepseekApiKey: "sk-1", volcengineEndpointId: undefined, volcengineApiKey: undefined }, [])).toEqual([
            "deepseekApiKey is stored in plain text: pulumi config set --stack us --secret antipode:deepseekApiKey",
        ]);
    });

    it("of models and of WeChat may be left out for an app of one's own", () => {
        const chat = { wechatAppid: undefined, wechatSecret: undefined, volcengineEndpointId: undefined, volcengineApiKey: undefined };
        expect(faultsOf("us", { appFolder: "examples/hello", ...chat })).toEqual([]);
        expect(faultsOf("cn", { appFolder: "app", appPreset: "any", ...chat })).toEqual([]);
        expect(faultsOf("us", { appFolder: "./app/", ...chat })).toHaveLength(4);
    });

    it("of an app of one's own have their defaults filled in, and numbers as text", () => {
        const change = { appCheck: '{"path":"/"}', appMetrics: "{}", appEnvironment: '{"WORKERS":2,"DEBUG":false,"NAME":"x"}', appHealthPath: "/" };
        const raw = examples("us");
        expect(parse("us", { values: { ...raw.values, ...change }, secrets: raw.secrets })).toMatchObject({ settings: {
            appCheck: { path: "/", method: "GET", status: 200 }, appMetrics: { port: 9464, path: "/metrics" }, appEnvironment: { WORKERS: "2", DEBUG: "false", NAME: "x" }, appHealthPath: "/",
        } });
        const json = '{"path":"/api/answer","method":"POST","body":{"question":"1+1"},"text":"2"}';
        expect(parse("us", { values: { ...raw.values, appCheck: json }, secrets: raw.secrets })).toMatchObject({ settings: { appCheck: { method: "POST", body: '{"question":"1+1"}', text: "2" } } });
    });

    it.each([
        ['{"STRIPE_KEY":"sk-1"}', []],
        ['{"STRIPE/KEY":"sk-1"}', ["appSecrets.STRIPE/KEY is not a file name such as STRIPE_KEY: letters, digits, _, - and ."]],
        ['{"STRIPE_KEY":""}', ["appSecrets.STRIPE_KEY is empty"]],
        ['{"STRIPE_KEY":{"a":1}}', ["appSecrets.STRIPE_KEY is not a text"]],
        ["sk-1", ["appSecrets is not a group of settings"]],
    ])("secrets of one's own, or what is wrong with them, without repeating one (%s)", (appSecrets, faults) => {
        const raw = examples("us");
        const parsed = parse("us", { values: { ...raw.values, appSecrets }, secrets: new Set([...raw.secrets, "appSecrets"]) });
        expect("faults" in parsed ? parsed.faults : []).toEqual(faults);
    });

    it.each([
        ["https://hooks.yourapp.com/T0/?token=a@b", []],
        ["http://hooks.yourapp.com/T0", ["releaseWebhook is not an https URL"]],
        ["https://ada:token@hooks.yourapp.com", ["releaseWebhook has a name or a password in it, which is not sent"]],
    ])("who is told of releases (%s), whole, or why not, without repeating it", (releaseWebhook, faults) => {
        const raw = examples("us");
        const parsed = parse("us", { values: { ...raw.values, releaseWebhook }, secrets: new Set([...raw.secrets, "releaseWebhook"]) });
        expect("faults" in parsed ? parsed.faults : []).toEqual(faults);
        if ("settings" in parsed) expect(parsed.settings.releaseWebhook).toBe(releaseWebhook);
    });

    it("a secret in plain text, without repeating it", () => {
        expect(faultsOf("cn", {}, ["registryPassword"])).toEqual(["registryPassword is stored in plain text: pulumi config set --stack cn --secret antipode:registryPassword"]);
    });

    it("tells everything at once", () => {
        expect(faultsOf("cn", { domain: "localhost", plan: "cluster", adminCidr: "[]", wechatSecret: undefined })).toHaveLength(4);
    });
});

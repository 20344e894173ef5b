import { describe, expect, it } from "vitest";
import { scratch } from "../testing/scratch";
import { programOf, type Made } from "./mocks";

process.env.ANTIPODE_KEYS = scratch();

/** Settings that only the bundled app needs. */
const withoutChat = { wechatAppid: undefined, wechatSecret: undefined, volcengineEndpointId: undefined, volcengineApiKey: undefined };
const hello = { appFolder: "examples/hello" };
const serviceOf = (made: Made[]) => made.find(({ inputs }) => /^app-\d/.test(inputs.name) && inputs.taskSpec)!.inputs;
const labelsOf = (made: Made[]) => Object.fromEntries(serviceOf(made).labels.map(({ label, value }: { label: string; value: string }) => [label, value]).filter(([label]: [string]) => !/role|version|ordinal/.test(label)));
const filesOf = (made: Made[]) => serviceOf(made).taskSpec.containerSpec.secrets.map(({ fileName, fileMode, fileUid }: any) => [fileName, fileMode, fileUid]);
const hashOf = (outputs: Record<string, any>) => outputs.versions[0].hash as string;

describe("an app of one's own", () => {
    it("needs neither WeChat nor a model, and is given what any app can use", async () => {
        const { made, outputs } = await programOf("us", { ...hello, ...withoutChat, appEnvironment: '{"LOG_LEVEL":"trace","COLOR":"no"}', appSecrets: '{"STRIPE_KEY":"sk-1"}' });
        const { env, mounts } = serviceOf(made).taskSpec.containerSpec;
        expect(env).toEqual({
            REGION: "US", SERVER_NAME: "us.yourapp.com", PORT: "80", NODE_ENV: "production", LOG_LEVEL: "trace", DRAIN_SECONDS: "30", TRUSTED_PROXIES: "172.30.0.0/16", COLOR: "no",
            MONGODB_URI: expect.stringContaining("mongodb://db.cn.yourapp.com"), MONGODB_USER: "aiagent", MONGODB_CA_FILE: "/run/secrets/MONGODB_CA", NODE_EXTRA_CA_CERTS: "/etc/ssl/certs/ca-certificates.crt",
        });
        expect(filesOf(made)).toEqual([["MONGODB_PASSWORD", 0o444, "1000"], ["MONGODB_CA", 0o444, "1000"], ["STRIPE_KEY", 0o444, "1000"]]);
        expect(mounts.map(({ target }: any) => target)).toEqual(["/etc/ssl/certs/ca-certificates.crt"]);
        expect(labelsOf(made)).toEqual({ "antipode.preset": "detect" });
        expect(outputs.versions).toMatchObject([{ version: "1.0.0", secrets: ["MONGODB_PASSWORD", "MONGODB_CA", "STRIPE_KEY"], open: ["MONGODB_PASSWORD", "MONGODB_CA", "STRIPE_KEY"], labels: { "antipode.preset": "detect" } }]);
    });

    it("has its version in VERSION, too", async () => {
        expect((await programOf("us", { appFolder: "examples/sum", ...withoutChat })).outputs).toMatchObject({ version: "1.0.0" });
    });

    it("says in its labels what it is judged by", async () => {
        const { made } = await programOf("cn", { ...hello, appPreset: "any", appHealthPath: "/up", appCheck: '{"path":"/sum","method":"POST","body":[1,1],"text":"2"}', appMetrics: '{"port":80}' });
        expect(labelsOf(made)).toEqual({
            "antipode.preset": "any", "antipode.health": "/up", "antipode.metrics": "80/metrics",
            "antipode.check": '{"path":"/sum","method":"POST","body":"[1,1]","status":200,"text":"2"}',
        });
    });

    it("is another version with another contract, environment or secret, and the same one without a change", async () => {
        const hash = async (change: Record<string, string>) => hashOf((await programOf("us", { ...hello, ...change })).outputs);
        const hashes = [await hash({}), await hash({ appHealthPath: "/up" }), await hash({ appCheck: '{"path":"/"}' }), await hash({ appEnvironment: '{"A":"1"}' }), await hash({ appSecrets: '{"A":"1"}' })];
        expect(new Set(hashes).size).toBe(5);
        expect(await hash({ releaseMinRequests: "50" })).toBe(hashes[0]);
    });

    it("that was made stays as it is, with the secrets that everybody in it may read", async () => {
        const before = [{ version: "0.9.0", image: "registry/app@sha256:9", hash: "9", secrets: ["JWT_SECRET", "STRIPE_KEY"], ordinal: 1, open: ["STRIPE_KEY"], labels: { "antipode.preset": "any", "antipode.health": "/up" } }];
        const { made, outputs } = await programOf("us", hello, { before });
        const kept = made.find(({ inputs }) => inputs.name === "app-0-9-0")!.inputs;
        expect(kept.taskSpec.containerSpec.secrets.map(({ fileName, fileMode }: any) => [fileName, fileMode])).toEqual([["JWT_SECRET", 0o400], ["STRIPE_KEY", 0o444]]);
        expect(outputs.versions[1]).toEqual(before[0]);
        // Only if its service is created anew.
        expect(kept.labels).toEqual(expect.arrayContaining([{ label: "antipode.preset", value: "any" }, { label: "antipode.health", value: "/up" }]));
    });
});

describe("the bundled app", () => {
    it("has no such labels, as before, and gets more where its user wishes it", async () => {
        const { made, outputs } = await programOf("us", {});
        expect([labelsOf(made), filesOf(made).every(([, mode]: [string, number]) => mode === 0o400), outputs.versions[0].open, outputs.versions[0].labels]).toEqual([{}, true, undefined, undefined]);
        const more = (await programOf("us", { appEnvironment: '{"COLOR":"no"}', appSecrets: '{"STRIPE_KEY":"sk-1"}' })).made;
        expect(serviceOf(more).taskSpec.containerSpec.env).toMatchObject({ COLOR: "no", WECHAT_APPID: "wx0123456789abcdef" });
        expect(filesOf(more).slice(-2)).toEqual([["TESTER_KEY", 0o400, "1000"], ["STRIPE_KEY", 0o444, "1000"]]);
    });

    it("in a folder of one's own keeps all that it has", async () => {
        const { made } = await programOf("us", hello);
        expect(serviceOf(made).taskSpec.containerSpec.env).toMatchObject({ WECHAT_APPID: "wx0123456789abcdef", VOLCENGINE_ENDPOINT_ID: "ep-20260101000000-abcde" });
        expect(labelsOf(made)).toEqual({ "antipode.preset": "detect" });
    });
});

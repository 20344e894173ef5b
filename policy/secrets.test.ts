import { describe, expect, it } from "vitest";
import { userData } from "../infra/host/user-data";
import { plainSecrets } from "./secrets";

const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nwhatever\n-----END OPENSSH PRIVATE KEY-----";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const service = (containerSpec: object, more: object = {}) => plainSecrets({ type: "docker:index/service:Service", props: { taskSpec: { containerSpec }, ...more } });

describe("a secret in plain text", () => {
    it.each(["MONGODB_PASSWORD", "VOLCENGINE_API_KEY", "AWS_SECRET_ACCESS_KEY", "TENCENTCLOUD_SECRET_KEY", "dbPassword", "JWT_SECRET", "GITHUB_TOKEN", "privateKey", "apikey", "TESTER_KEY"])("is told by the name %s", (name) =>
        expect(service({ env: { [name]: "x" } })).toEqual([`env.${name}`]));

    it.each(["MONGODB_USER", "MONGODB_CA_FILE", "JWT_SECRET_FILE", "WECHAT_APPID", "VOLCENGINE_ENDPOINT_ID", "MAX_TOKENS"])("is not in %s", (name) =>
        expect(service({ env: { [name]: "x" } })).toEqual([]));

    it("is told by what it says", () => {
        expect(service({ env: { MONGODB_URI: "mongodb://mongod:27017/aiagent" } })).toEqual([]);
        expect(service({ env: { MONGODB_URI: "mongodb://u:p@mongod/aiagent" } })).toEqual(["env.MONGODB_URI"]);
        expect(service({ args: ["--key", key], commands: ["AKIAABCDEFGHIJKLMNOP"] })).toEqual(["args", "commands"]);
        expect(service({ labels: [{ label: "ca", value: key }] }, { labels: [{ label: "api_key", value: "x" }] })).toEqual(["labels.api_key", "labels.ca"]);
    });

    it("is found in a container, a config and user-data", () => {
        expect(plainSecrets({ type: "docker:index/container:Container", props: { envs: ["A=b", "TOKEN=x=y"] } })).toEqual(["env.TOKEN"]);
        expect(plainSecrets({ type: "docker:index/serviceConfig:ServiceConfig", props: { data: base64(key) } })).toEqual(["data"]);
        expect(plainSecrets({ type: "aws:ec2/instance:Instance", props: { userData: `cat > /srv/key <<'KEY'\n${key}\nKEY` } })).toEqual(["userData"]);
    });

    it("is not the host key of the first contact, and any other is", () => {
        const script = userData({ hostKey: key });
        expect(plainSecrets({ type: "aws:ec2/instance:Instance", props: { userData: script } })).toEqual([]);
        expect(plainSecrets({ type: "tencentcloud:index/instance:Instance", props: { userData: base64(script) } })).toEqual([]);
        expect(plainSecrets({ type: "tencentcloud:index/instance:Instance", props: { userData: base64(`${script}${key}`) } })).toEqual(["userData"]);
    });
});

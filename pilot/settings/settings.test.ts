import { describe, expect, it } from "vitest";
import { readSettings } from "./settings";

const us = { REGION: "us", DOMAIN: "yourapp.test", NAMES: "us.yourapp.test, api.yourapp.test", PEERS: "cn=cn.yourapp.test" };
const key = "key of the users' tokens";
/** The least: the app's key alone. */
const none = (name: string) => (name === "JWT_SECRET" ? key : undefined);

describe("settings of the pilot", () => {
    it("reads a region with its defaults", () => {
        expect(readSettings({ ...us, ACME_EMAIL: "" }, none)).toEqual({
            REGION: "us",
            DOMAIN: "yourapp.test",
            NAMES: ["us.yourapp.test", "api.yourapp.test"],
            PEERS: [{ region: "cn", host: "cn.yourapp.test", port: 443 }],
            ACME_DIRECTORY: "https://acme-v02.api.letsencrypt.org/directory",
            MAX_STREAM_SECONDS: 3600,
            DATABASE: "",
            JWT_SECRET: key,
            APP_INSTANCES: 1,
            RELEASE_STRATEGY: { weights: [10, 30, 50, 100], windowSeconds: 600 },
            RELEASE_TEST_SECONDS: 0,
            RELEASE_KEEP_SECONDS: 120,
            RELEASE_START_SECONDS: 600,
            RELEASE_MIN_REQUESTS: 20,
            TESTERS: [],
            RELEASE_DOWN_SECONDS: 20,
            RELEASE_ALONE_SECONDS: 900,
        });
    });

    it("takes passwords from secrets and never from the environment", () => {
        const environment = { ...us, DATABASE: "standalone", MONGODB_USER: "aiagent", MONGODB_ROOT_PASSWORD: "in the open" };
        const settings = readSettings(environment, (name) => (/PREVIOUS$|^PEER|^TESTER|^RELEASE/.test(name) ? undefined : `${name} text\n`));
        expect(settings.MONGODB_ROOT_PASSWORD).toBe("MONGODB_ROOT_PASSWORD text");
        expect(settings.MONGODB_ROOT_PASSWORD_PREVIOUS).toBeUndefined();
    });

    it("takes a peer's proof in its own form alone, and does not repeat another", () => {
        const proof = "0aZ9".repeat(16);
        expect(readSettings(us, (name) => (name === "PEER_SECRET" ? proof : none(name))).PEER_SECRET).toBe(proof);
        expect(() => readSettings(us, (name) => (name === "PEER_SECRET" ? 'open";' : none(name)))).toThrow(new Error("The pilot's settings are not usable:\n  PEER_SECRET must be 64 letters and digits"));
    });

    it("knows its testers by OpenID, and needs the key of their proofs", () => {
        const testers = { ...us, TESTERS: "o6_bmjrPTlm6_2sgVt7hMZOPfL2M, oABCD-1" };
        const key = "0aZ9".repeat(16);
        const read = (environment: Record<string, string>, key?: string) => readSettings(environment, (name) => (name === "TESTER_KEY" ? key : none(name)));
        expect(read(testers, key)).toMatchObject({ TESTERS: ["o6_bmjrPTlm6_2sgVt7hMZOPfL2M", "oABCD-1"], TESTER_KEY: key });
        expect(() => read(testers)).toThrow(new Error("The pilot's settings are not usable:\n  TESTER_KEY is needed when TESTERS names somebody"));
        expect(() => read({ ...us, TESTERS: "oABCD-1,ada" }, key)).toThrow(new Error('The pilot\'s settings are not usable:\n  TESTERS "ada" is not an OpenID'));
        expect(() => read(us, "short")).toThrow(new Error("The pilot's settings are not usable:\n  TESTER_KEY must be 64 letters and digits"));
    });

    it.each<[string, string | undefined]>([
        ["https://hooks.yourapp.com/T0?token=a@b", undefined],
        ["http://hooks.yourapp.com/T0", "must be an https address"],
        ["hooks", "must be an https address"],
        ["https://ada:secret@hooks.yourapp.com/", "must have no name or password in it"],
    ])("takes who is told of releases from a secret (%s), and does not repeat one of no use", (url, fault) => {
        const read = () => readSettings({ ...us, RELEASE_WEBHOOK: "https://in.the/open" }, (name) => (name === "RELEASE_WEBHOOK" ? `${url}\n` : none(name)));
        if (fault === undefined) expect(read().RELEASE_WEBHOOK).toBe(url);
        else expect(read).toThrow(new Error(`The pilot's settings are not usable:\n  RELEASE_WEBHOOK ${fault}`));
    });

    it("tells every fault at once", () => {
        const wrong = { NAMES: "us", DOMAIN: "yourapp.test", PEERS: "cn", MAX_STREAM_SECONDS: "1", ACME_DIRECTORY: "http://ca", RELEASE_STRATEGY: "100,10" };
        expect(() => readSettings(wrong, () => undefined)).toThrow(
            new Error(
                [
                    "The pilot's settings are not usable:",
                    "  REGION is missing",
                    "  NAMES must be a full domain name in lower case",
                    '  PEERS "cn" must look like cn=cn.example.com',
                    "  ACME_DIRECTORY must be an https address",
                    "  RELEASE_STRATEGY is of no use: the weights 100, 10 do not rise from above 0 to 100",
                    "  JWT_SECRET is missing",
                    "  MAX_STREAM_SECONDS Too small: expected number to be >=60",
                ].join("\n"),
            ),
        );
    });

    it("wants the database's secrets when there is a database", () => {
        expect(() => readSettings({ ...us, DATABASE: "standalone" }, none)).toThrow(
            /MONGODB_USER is needed.*\n.*MONGODB_ROOT_PASSWORD is needed.*\n.*MONGODB_APP_PASSWORD is needed/,
        );
    });

    it("refuses a region that is its own peer", () => {
        expect(() => readSettings({ ...us, PEERS: "us=us.yourapp.test" }, none)).toThrow(/PEERS must not name this region itself/);
    });
});

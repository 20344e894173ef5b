import { describe, expect, it } from "vitest";
import { visitorEnvironment, visitWords } from "./visit";

describe("a visitor", () => {
    it("stands in the network of the place", () => {
        expect(visitWords("cn", ["curl", "-s", "https://x"])).toEqual(["ip", ["netns", "exec", "ap-visit-cn", "curl", "-s", "https://x"]]);
    });

    it("cannot stand elsewhere", () => {
        expect(() => visitWords("uk", ["true"])).toThrow(expect.objectContaining({ code: "PLACE_UNKNOWN" }));
    });

    it("trusts the pocket's authority and has no proxy of the operator's", () => {
        expect(visitorEnvironment({ HOME: "/root", HTTPS_PROXY: "p", no_proxy: "n" }, "/ca")).toEqual({
            HOME: "/root",
            CURL_CA_BUNDLE: "/ca",
            SSL_CERT_FILE: "/ca",
            NODE_EXTRA_CA_CERTS: "/ca",
        });
    });
});

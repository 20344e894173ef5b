import { describe, expect, it } from "vitest";
import { proxySettings } from "./proxy";

const own = "127.0.0.1,localhost,::1,198.18.0.0/22,198.51.100.0/24,.test";
const both = (settings: Record<string, string>) => Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => [[name, value], [name.toUpperCase(), value]]));

describe("the proxy settings of what a command starts", () => {
    it("are none without a proxy", () => {
        expect(proxySettings({ HOME: "/root", no_proxy: "a, b", http_proxy: "", HTTPS_PROXY: " " })).toEqual({});
    });

    it.each<[NodeJS.ProcessEnv, Record<string, string>]>([
        [{ http_proxy: "http://p:3128", no_proxy: "localhost, 127.0.0.1" }, { http_proxy: "http://p:3128", no_proxy: "localhost,127.0.0.1,::1,198.18.0.0/22,198.51.100.0/24,.test" }],
        [{ http_proxy: "http://p:3128" }, { http_proxy: "http://p:3128", no_proxy: own }],
        [{ HTTP_PROXY: "http://p:3128", NO_PROXY: " corp.example ,\t10.0.0.0/8,, " }, { http_proxy: "http://p:3128", no_proxy: `corp.example,10.0.0.0/8,${own}` }],
        [{ https_proxy: "http://p", NO_PROXY: "b", no_proxy: "a b" }, { https_proxy: "http://p", no_proxy: `a,b,${own}` }],
        [{ https_proxy: "p.corp:3128" }, { https_proxy: "http://p.corp:3128", no_proxy: own }],
        [{ ALL_PROXY: "socks5h://p:1080 " }, { all_proxy: "socks5h://p:1080", no_proxy: own }],
        [{ http_proxy: "http://lower", HTTP_PROXY: "http://upper" }, { http_proxy: "http://lower", no_proxy: own }],
        [{ grpc_proxy: "http://p", no_grpc_proxy: "x, y" }, { grpc_proxy: "http://p", no_proxy: own, no_grpc_proxy: `x,y,${own}` }],
        [{ http_proxy: "http://p", no_proxy: "*" }, { http_proxy: "", no_proxy: own }],
    ])("are read alike by all programs: %j", (caller, settings) => expect(proxySettings(caller)).toEqual(both(settings)));

    it("stay as they are once they are so", () => {
        const settings = proxySettings({ http_proxy: "p:1", no_proxy: "a, b" });
        expect(proxySettings(settings)).toEqual(settings);
    });

    it.each([{ http_proxy: "http://127.0.0.1:9", no_proxy: "localhost, 127.0.0.1" }, { HTTPS_PROXY: "http://127.0.0.1:9" }, { http_proxy: "http://127.0.0.1:9", no_proxy: "*" }])("let the SDK find the engine on this computer: %j", async (caller) => {
        const { mapProxyName } = await import("@grpc/grpc-js/build/src/http_proxy");
        const before = process.env;
        const target = { scheme: "dns", path: "127.0.0.1:18801" };
        try {
            process.env = { ...caller, ...proxySettings(caller) };
            expect(mapProxyName(target, {}).target).toBe(target);
        } finally {
            process.env = before;
        }
    });
});

import { expect, it } from "vitest";
import { checkProxy } from "./proxy";

it.each([{}, { no_proxy: "a, b" }, { HTTP_PROXY: "http://p", NO_PROXY: "*" }])("a proxy that Pulumi does not use is no matter: %j", (env) => expect(checkProxy(env)).toEqual([]));

it.each([{ http_proxy: "http://p", no_proxy: "localhost,127.0.0.1" }, { https_proxy: "http://p", no_proxy: "127.0.0.1" }])("a proxy that leaves out this computer is good: %j", (env) => {
    expect(checkProxy(env)).toEqual([{ level: "good", about: "proxy", text: "Pulumi's engine is left out of it" }]);
});

it.each([
    [{ http_proxy: "http://p", no_proxy: "localhost, 127.0.0.1" }, "http_proxy", "localhost,127.0.0.1,::1,198.18.0.0/22,198.51.100.0/24,.test"],
    [{ https_proxy: "http://p", NO_PROXY: "corp.example" }, "https_proxy", "corp.example,127.0.0.1,localhost,::1,198.18.0.0/22,198.51.100.0/24,.test"],
])("a proxy in the way to the engine is named, with what to do: %j", (env, name, list) => {
    expect(checkProxy(env)).toEqual([{
        level: "missing", about: "proxy",
        text: `${name} would lead Pulumi's Node.js SDK to the proxy on its way to the engine on this computer, and \`pulumi preview\` would fail.\nRun: export no_proxy='${list}'`,
    }]);
});

import { proxySettings } from "../../system/proxy";
import type { Finding } from "./finding";

/** Whether a `pulumi` that the user runs gets past a proxy to its own engine, which listens on this computer. */
export function checkProxy(env: NodeJS.ProcessEnv): Finding[] {
    const settings = proxySettings(env);
    const names = ["grpc_proxy", "https_proxy", "http_proxy"].filter((name) => env[name]);
    if (names.length === 0) return [];
    const list = (env.no_grpc_proxy || env.no_proxy || "").split(",");
    if (list.some((host) => host === "" ? list.length > 1 : "127.0.0.1".endsWith(host))) return [{ level: "good", about: "proxy", text: "Pulumi's engine is left out of it" }];
    return [{
        level: "missing",
        about: "proxy",
        text: `${names.join(", ")} would lead Pulumi's Node.js SDK to the proxy on its way to the engine on this computer, and \`pulumi preview\` would fail.\nRun: export no_proxy='${settings.no_proxy}'${env.no_grpc_proxy ? "; unset no_grpc_proxy" : ""}`,
    }];
}

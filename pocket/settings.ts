import type { Setting } from "../cli/stack/config";
import type { Accounts } from "./accounts";
import { world } from "./network/world";
import { registryName } from "./registry";

/** The domain of the pocket's world; `.test` is nobody's (RFC 6761). */
export const domain = "yourapp.test";

/**
 * What an owner would set for each stack on real clouds, with the accounts of this pocket: the domain, who may come
 * in by ssh, and the credentials. Everything else comes from the committed Pulumi.<stack>.yaml.
 */
export function stackSettings(accounts: Accounts): Record<"cn" | "us" | "edge", Record<string, Setting>> {
    const plain = (value: unknown): Setting => ({ value });
    const secret = (value: unknown): Setting => ({ value, secret: true });
    const everywhere = {
        domain: plain(domain),
        cloudflareZoneId: plain(accounts.cloudflareZoneId),
        cloudflareApiToken: secret(accounts.cloudflareApiToken),
    };
    const region = {
        ...everywhere,
        adminCidrs: plain([`${world.operator}/32`]),
        registry: plain({ server: `${registryName}/antipode`, username: "antipode" }),
        registryPassword: secret(accounts.registryPassword),
        tencentSecretId: secret(accounts.tencentSecretId),
        tencentSecretKey: secret(accounts.tencentSecretKey),
        volcengineEndpointId: plain(accounts.volcengineEndpointId),
        volcengineApiKey: secret(accounts.volcengineApiKey),
        deepseekApiKey: secret(accounts.deepseekApiKey),
        // All visitors of a place have one address here.
        loginsPerMinute: plain(1000),
        wechatAppid: plain(accounts.wechatAppid),
        wechatSecret: secret(accounts.wechatSecret),
    };
    return { cn: region, us: region, edge: { ...everywhere, cloudflareAccountId: plain(accounts.cloudflareAccountId) } };
}

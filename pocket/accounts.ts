import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../system/whole";
import { home } from "./home";

/** What the owner of this pocket has at the outside services: made once, kept until `npm run down`. */
export interface Accounts {
    tencentSecretId: string;
    tencentSecretKey: string;
    awsAccessKeyId: string;
    awsSecretAccessKey: string;
    cloudflareAccountId: string;
    cloudflareZoneId: string;
    cloudflareApiToken: string;
    registryPassword: string;
    volcengineApiKey: string;
    volcengineEndpointId: string;
    deepseekApiKey: string;
    wechatAppid: string;
    wechatSecret: string;
}

export function openAccounts(file = join(home.state, "accounts.json")): Accounts {
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Accounts;
    const hex = (bytes: number) => randomBytes(bytes).toString("hex");
    const accounts: Accounts = {
        tencentSecretId: `AKID${hex(16)}`,
        tencentSecretKey: hex(16),
        awsAccessKeyId: `AKIA${hex(8).toUpperCase()}`,
        awsSecretAccessKey: hex(20),
        cloudflareAccountId: hex(16),
        cloudflareZoneId: hex(16),
        cloudflareApiToken: hex(20),
        registryPassword: hex(12),
        volcengineApiKey: randomUUID(),
        volcengineEndpointId: `ep-20260101000000-${hex(3).slice(0, 5)}`,
        deepseekApiKey: `sk-${hex(16)}`,
        wechatAppid: `wx${hex(8)}`,
        wechatSecret: hex(16),
    };
    writeWhole(file, JSON.stringify(accounts, null, 1));
    return accounts;
}

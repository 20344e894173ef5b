import * as cloudflare from "@pulumi/cloudflare";
import * as tencentcloud from "@pulumi/tencentcloud";
import { TencentMachine } from "../infra/cloud/tencent";
import { Records } from "../infra/geodns/records";
import { Guard } from "../infra/guard/guard";
import { Keys } from "../infra/host/keys";
import { userData } from "../infra/host/user-data";
import { databaseHost, hostOf, tagsOf } from "../infra/names";
import { Region } from "../infra/region/region";
import { outputsOf } from "../infra/region/outputs";
import { SharedSecrets } from "../infra/region/shared";
import { checkVersion } from "../infra/region/version";
import { loadSettings } from "../infra/settings/load";
import { checkMachine, madeBy } from "./reference";

/** China: a Tencent machine with gateway, pilot, app and the database. It needs nothing of the other stacks. */
export async function cn(): Promise<Record<string, unknown>> {
    const settings = loadSettings("cn");
    const [made, elsewhere] = await Promise.all([madeBy("cn"), madeBy("us")]);
    checkVersion(settings.appFolder, [...made, ...elsewhere]);
    await checkMachine("cn", settings);
    const tencent = new tencentcloud.Provider("tencent", { region: settings.tencentRegion, secretId: settings.tencentSecretId, secretKey: settings.tencentSecretKey });
    const dns = new cloudflare.Provider("cloudflare", { apiToken: settings.cloudflareApiToken });

    const keys = new Keys("cn-keys", { operator: "RSA" });
    const machine = new TencentMachine("cn", {
        ...settings,
        publicKey: keys.operator.publicKeyOpenssh,
        userData: keys.bootstrap.privateKeyOpenssh.apply((hostKey) => userData({ hostKey })),
        tags: tagsOf("cn"),
    }, { provider: tencent });
    const records = new Records("cn-names", {
        zoneId: settings.cloudflareZoneId, names: [hostOf("cn", settings.domain), databaseHost(settings.domain)], address: machine.address,
    }, { provider: dns });

    const shared = new SharedSecrets("shared", settings);
    const region = new Region("cn", { region: "cn", settings, machine, keys, peers: settings.peers, database: "here", shared, made, elsewhere });
    new Guard("guard", { others: ["edge", "us"] }, { dependsOn: [region, machine, records, keys, shared] });

    return {
        ...outputsOf("cn", settings, machine, region),
        tencentRegion: settings.tencentRegion,
        doors: machine.doors,
        database: region.database,
        ...shared.outputs(),
    };
}

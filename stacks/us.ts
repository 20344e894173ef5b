import * as aws from "@pulumi/aws";
import * as cloudflare from "@pulumi/cloudflare";
import * as tencentcloud from "@pulumi/tencentcloud";
import { AwsMachine } from "../infra/cloud/aws";
import { DatabaseDoor } from "../infra/cloud/door";
import { Records } from "../infra/geodns/records";
import { Keys } from "../infra/host/keys";
import { userData } from "../infra/host/user-data";
import { hostOf, tagsOf } from "../infra/names";
import { outputsOf } from "../infra/region/outputs";
import { Region } from "../infra/region/region";
import { checkVersion } from "../infra/region/version";
import { loadSettings } from "../infra/settings/load";
import { checkMachine, madeBy, reference } from "./reference";

/** The United States: an AWS machine with gateway, pilot and app. The database is in `cn`; this stack opens its own door there. */
export async function us(): Promise<Record<string, unknown>> {
    const settings = loadSettings("us");
    const [made, elsewhere] = await Promise.all([madeBy("us"), madeBy("cn")]);
    checkVersion(settings.appFolder, [...made, ...elsewhere]);
    const recorded = await checkMachine("us", settings);
    const cn = reference("cn");
    const amazon = new aws.Provider("aws", { region: settings.awsRegion as aws.Region });
    const tencent = new tencentcloud.Provider("tencent", { region: cn.tencentRegion(), secretId: settings.tencentSecretId, secretKey: settings.tencentSecretKey });
    const dns = new cloudflare.Provider("cloudflare", { apiToken: settings.cloudflareApiToken });

    const keys = new Keys("us-keys", { operator: "ED25519" });
    const machine = new AwsMachine("us", {
        ...settings,
        recorded,
        publicKey: keys.operator.publicKeyOpenssh,
        userData: keys.bootstrap.privateKeyOpenssh.apply((hostKey) => userData({ hostKey })),
        tags: tagsOf("us"),
    }, { provider: amazon });
    new Records("us-names", { zoneId: settings.cloudflareZoneId, names: [hostOf("us", settings.domain)], address: machine.address }, { provider: dns });
    const door = new DatabaseDoor("us-door", { securityGroupId: cn.doorOf("us"), address: machine.address }, { provider: tencent });

    const region = new Region("us", {
        region: "us", settings, machine, keys, peers: ["cn"], database: cn.database(), shared: cn.shared(), before: [door], made, elsewhere,
    });

    return outputsOf("us", settings, machine, region);
}

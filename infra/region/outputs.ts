import * as pulumi from "@pulumi/pulumi";
import type { Machine } from "../cloud/machine";
import { keyFiles } from "../host/key-cache";
import { hostOf } from "../names";
import type { RegionName } from "../settings/kinds";
import type { Region } from "./region";

/** What every region's stack tells: to the stacks after it, to the operator's commands and to people. */
export function outputsOf(region: RegionName, settings: { cloud: string; domain: string }, machine: Machine, inside: Region) {
    const hostname = hostOf(region, settings.domain);
    const files = keyFiles(pulumi.getStack());
    return {
        region,
        cloud: settings.cloud,
        hostname,
        url: `https://${hostname}`,
        address: machine.address,
        privateAddress: machine.privateAddress,
        machine: machine.id,
        version: inside.version,
        versions: inside.app.made,
        dockerHost: inside.host.dockerHost,
        ssh: { user: machine.user, identity: files.identity, knownHosts: files.knownHosts },
    };
}

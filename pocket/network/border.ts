import { chain, set, table } from "./nft";
import { world } from "./world";

/**
 * What keeps the pocket's world and this computer's own networks apart, as one nft script: nobody else on them reaches
 * the world, the world goes out behind this computer's address, and a computer that was no router before is none now.
 * A port of a provider is a way to root, because the daemon is root, so it is root's alone.
 */
export function border(routed: boolean): string {
    return table(world.border, [
        chain("arriving", ["type filter hook input priority 0", "ct state established,related accept", `iifname != "lo" ${foreign("iifname")} ip daddr ${set(world.ranges)} drop`]),
        chain("passing", [
            "type filter hook forward priority 0",
            "ct state established,related accept",
            `${foreign("iifname")} ${own("oifname")} drop`,
            ...(routed ? [] : [`${foreign("iifname")} ${foreign("oifname")} drop`]),
        ]),
        chain("inside", ["type filter hook output priority 0", `oifname "lo" tcp dport ${set(ports)} meta skuid != 0 reject with tcp reset`]),
        chain("outside", ["type nat hook postrouting priority 100", `ip saddr ${set(world.ranges)} oifname != "lo" ${foreign("oifname")} masquerade`]),
    ]);
}

const ports = [world.ports.providers, world.ports.acme].flatMap((group) => Object.values(group));
const own = (side: "iifname" | "oifname") => `${side} "${world.prefix}*"`;
const foreign = (side: "iifname" | "oifname") => `${side} != "${world.prefix}*"`;

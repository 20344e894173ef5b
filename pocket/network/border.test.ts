import { describe, expect, it } from "vitest";
import { border } from "./border";

describe("the border between the pocket's world and this computer's networks", () => {
    it("of a computer that is no router", () => {
        expect(border(false)).toBe(`table ip antipode-border
delete table ip antipode-border
table ip antipode-border {
  chain arriving {
    type filter hook input priority 0
    ct state established,related accept
    iifname != "lo" iifname != "ap-*" ip daddr { 198.18.0.0/22, 198.51.100.0/24 } drop
  }
  chain passing {
    type filter hook forward priority 0
    ct state established,related accept
    iifname != "ap-*" oifname "ap-*" drop
    iifname != "ap-*" oifname != "ap-*" drop
  }
  chain inside {
    type filter hook output priority 0
    oifname "lo" tcp dport { 18801, 18802, 18803, 18804, 18805, 18806, 18814, 18815 } meta skuid != 0 reject with tcp reset
  }
  chain outside {
    type nat hook postrouting priority 100
    ip saddr { 198.18.0.0/22, 198.51.100.0/24 } oifname != "lo" oifname != "ap-*" masquerade
  }
}
`);
    });

    it("leaves a router to its work", () => expect(border(true)).toBe(border(false).replace('    iifname != "ap-*" oifname != "ap-*" drop\n', "")));
});

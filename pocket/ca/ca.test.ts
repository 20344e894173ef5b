import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import { describe, expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { openAuthority } from "./index";

const DAY_MS = 24 * 3600 * 1000;

/** What a client that trusts only `ca` says of the server: "ok" or its error's code. */
async function handshake(server: { key: string; cert: string }, client: { ca: string; servername: string }): Promise<string> {
    const listener = createServer(server, (socket) => socket.end()).listen(0, "127.0.0.1");
    listener.on("tlsClientError", () => undefined);
    await once(listener, "listening");
    const socket = connect({ ...client, host: "127.0.0.1", port: (listener.address() as AddressInfo).port });
    const outcome = await Promise.race([once(socket, "secureConnect").then(() => "ok"), once(socket, "error").then(([error]) => String(error.code))]).catch((error) => String(error.code));
    socket.destroy();
    listener.close();
    return outcome;
}

describe("the pocket's CA", () => {
    it("issues certificates that node's TLS verifies, for each name and for no other", async () => {
        const authority = await openAuthority(scratch());
        const { key, chain } = await authority.issue(["api.deepseek.com", "*.pocket.test", "127.0.0.1"]);
        const to = (servername: string, ca = authority.root) => handshake({ key, cert: chain }, { ca, servername });
        expect(await to("api.deepseek.com")).toBe("ok");
        expect(await to("registry.pocket.test")).toBe("ok");
        expect(await to("api.weixin.qq.com")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
        expect(await to("api.deepseek.com", (await openAuthority(scratch())).root)).toBe("SELF_SIGNED_CERT_IN_CHAIN");
        expect(new X509Certificate(chain).checkIP("127.0.0.1")).toBe("127.0.0.1");
    });

    it("is the same one when opened again, with a key that only its owner reads", async () => {
        const at = scratch();
        const first = await openAuthority(at);
        expect((await openAuthority(at)).root).toBe(first.root);
        expect((statSync(join(at, "root.key")).mode & 0o777).toString(8)).toBe("600");
    });

    it("gives the same certificate until it is near its end of 90 days", async () => {
        let now = Date.now();
        const authority = await openAuthority(scratch(), () => now);
        const first = await authority.issue(["a.test"]);
        const { validFrom, validTo } = new X509Certificate(first.cert);
        expect(Math.round((Date.parse(validTo) - Date.parse(validFrom)) / DAY_MS)).toBe(90);
        now += 59 * DAY_MS;
        expect(await authority.issue(["a.test"])).toBe(first);
        now += 2 * DAY_MS;
        expect((await authority.issue(["a.test"])).cert).not.toBe(first.cert);
    });
});

import { once } from "node:events";
import { connect, getDefaultAutoSelectFamilyAttemptTimeout, setDefaultAutoSelectFamilyAttemptTimeout, type LookupFunction } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { ATTEMPT_MS } from "./connect";
import { SlowListener } from "./test/slow-listener";

let listener: SlowListener | undefined;
afterEach(() => listener?.stop());

/** A name with both kinds of address, as the resolver of a machine without IPv6 sorts them. */
const bothKinds = ((_name, _options, callback) =>
    callback(null, [
        { address: "127.0.0.1", family: 4 },
        { address: "2001:db8::1", family: 6 },
    ])) as LookupFunction;

it("a name with A and AAAA records is reached over a connection that takes a second, without IPv6", async () => {
    listener = await SlowListener.start();
    const began = performance.now();
    const socket = connect({ host: "far.example", port: listener.port, lookup: bothKinds });
    listener.wakeSoon();
    await once(socket, "connect");
    expect(performance.now() - began).toBeGreaterThan(300);
    socket.destroy();
});

it.each(["./upstream/openai", "./auth/wechat", "./database/database"])("%s connects with that time", async (file) => {
    setDefaultAutoSelectFamilyAttemptTimeout(250);
    vi.resetModules();
    await import(file);
    expect(getDefaultAutoSelectFamilyAttemptTimeout()).toBe(ATTEMPT_MS);
});

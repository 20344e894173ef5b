import { afterEach, describe, expect, it } from "vitest";
import { until } from "../pocket/until";
import { antipode, domain, healthAt, inside, must, served } from "./pocket";

/** Seconds that a TCP connection from the us machine to the cn machine takes; undefined when there is none. */
async function crossing(): Promise<number | undefined> {
    const said = await inside("us", `curl -s -o /dev/null -w '%{time_connect}' --max-time 3 --resolve cn.${domain}:443:$(getent hosts cn.${domain} | cut -d' ' -f1) https://cn.${domain}/health || echo none`);
    return said.endsWith("none\n") ? undefined : Number(said);
}

describe("between the regions", () => {
    afterEach(async () => {
        await must(antipode("pocket", "heal"));
        // The DNS takes longer than the line to trust us again.
        await served("us", "US", 90);
    });

    it("there are no miles, until they are asked for", async () => {
        expect(await crossing()).toBeLessThan(0.09);
        await must(antipode("pocket", "delay", "90"));
        const far = await crossing();
        expect(far).toBeGreaterThan(0.18);
        expect(far).toBeLessThan(0.5);
        await must(antipode("pocket", "heal"));
        expect(await crossing()).toBeLessThan(0.09);
    });

    it("nothing is heard in a partition, and us says so and goes on; the database is back after", async () => {
        const us = () => healthAt("us", `https://us.${domain}`);
        await must(antipode("pocket", "partition"));
        expect(await crossing()).toBeUndefined();
        await until(async () => (await us()).degraded, { seconds: 60, what: "us to know that its database is away" });
        expect(await us()).toMatchObject({ status: "healthy", region: "US", database: "error" });
        expect(await must(antipode("status"))).toMatch(/^✔ +us .* degraded: its database is away$/m);
        await must(antipode("pocket", "heal"));
        await until(async () => !(await us()).degraded, { seconds: 90, what: "us to have its database back" });
        expect(await us()).toMatchObject({ status: "healthy", region: "US", database: "ok" });
    });
});

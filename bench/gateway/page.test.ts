import { expect, it } from "vitest";
import { gatewayPage } from "./page";

it("says how many streams a gateway carried, what ended it, and what they weigh", () => {
    const size = { cpus: 2, model: "AMD EPYC", memoryGiB: 24, system: "Linux 6.18", node: "20.20.2" };
    const local = { streams: 3_697, refused: "status 500", idle: 9.5 * 2 ** 20, each: 48.9 * 1024, all: 181 * 2 ** 20 };
    const text = gatewayPage({ local, relayed: { ...local, streams: 1_024, refused: undefined } }, size, "2026-12-01");
    expect(text.split("\n").slice(0, 3).join("\n")).toContain("## gateway\n\nMeasured on 2026-12-01 with 2 CPUs (AMD EPYC), 24 GiB of memory, Linux 6.18, Node 20.20.2, with");
    expect(text.split("\n").slice(-4)).toEqual([
        "| stream | carried | first refusal | idle, MiB | each, KiB | all, MiB |",
        "| --- | --- | --- | --- | --- | --- |",
        "| served in its region | 3697 | status 500 | 9.50 | 48.9 | 181 |",
        "| served by a peer | 1024 | none was refused | 9.50 | 48.9 | 181 |",
    ]);
});

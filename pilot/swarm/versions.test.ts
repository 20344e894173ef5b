import { describe, expect, it } from "vitest";
import { chat } from "../apps/chat";
import { writeRelease } from "../releases/labels";
import { parseStrategy } from "../releases/strategy";
import { type SwarmTask, versionsOf } from "./versions";

const service = (ID: string, version: string, labels = {}) => ({
    ID,
    Spec: { Name: `app-${version}`, Mode: { Replicated: { Replicas: 1 } }, Labels: { "antipode.role": "app", "antipode.version": version, ...labels } },
});
const task = (ServiceID: string, address: string, change: Partial<SwarmTask> = {}): SwarmTask => ({
    ID: address,
    ServiceID,
    DesiredState: "running",
    Status: { State: "running" },
    NetworksAttachments: [
        { Network: { Spec: { Name: "other" } }, Addresses: ["172.16.0.9/16"] },
        { Network: { Spec: { Name: "antipode" } }, Addresses: [`${address}/24`] },
    ],
    ...change,
});

/** Each version with its instances. */
const seen = (...args: Parameters<typeof versionsOf>) => versionsOf(...args).versions.map(({ version, addresses }) => [version, addresses]);

describe("the versions that the Swarm has", () => {
    it("are there with their healthy instances, newest first", () => {
        const services = [service("a", "1.9.0"), service("b", "1.10.0"), service("c", "1.11.0")];
        const tasks = [
            task("b", "10.0.1.7"),
            task("a", "10.0.1.6"),
            task("a", "10.0.1.5"),
            task("c", "10.0.1.8", { Status: { State: "starting" } }),
        ];
        expect(seen(services, tasks)).toEqual([["1.11.0", []], ["1.10.0", ["10.0.1.7:80"]], ["1.9.0", ["10.0.1.5:80", "10.0.1.6:80"]]]);
    });

    it.each([
        ["is to be shut down", { DesiredState: "shutdown" }],
        ["is on no network of ours", { NetworksAttachments: [] }],
        ["has no address yet", { NetworksAttachments: [{ Network: { Spec: { Name: "antipode" } }, Addresses: null }] }],
    ])("leave out an instance that %s", (_, change) => {
        expect(seen([service("a", "1.0.0")], [task("a", "10.0.1.5", change)])).toEqual([["1.0.0", []]]);
    });

    it("take the port from a label", () => {
        expect(seen([service("a", "1.0.0", { "antipode.port": "8000" })], [task("a", "10.0.1.5")])).toEqual([["1.0.0", ["10.0.1.5:8000"]]]);
    });

    it("have a version that is one, and are of the app", () => {
        expect(seen([service("a", "latest;"), service("b", "1.0.0", { "antipode.role": "pilot" })], [task("a", "10.0.1.5")])).toEqual([]);
    });

    it("say which release they are on, since when they serve, and how many instances they should have", () => {
        const release = { id: "r", version: "1.0.0", strategy: parseStrategy("low"), phase: "finished" as const, step: 0, since: 5, watched: 0 };
        expect(versionsOf([service("a", "1.0.0", writeRelease({ "antipode.serving": "5" }, release))], []).versions)
            .toEqual([{ version: "1.0.0", ordinal: 0, wished: 1, addresses: [], release: { ...release, from: undefined, paused: undefined }, servingSince: 5, contract: chat }]);
    });

    it("say what they are judged by", () => {
        const labels = { "antipode.preset": "any", "antipode.check": "none", "antipode.metrics": "none", "antipode.health": "/up" };
        expect(versionsOf([service("a", "1.0.0", labels)], []).versions).toMatchObject([{ contract: { preset: "any", health: "/up", check: "none", metrics: "none" } }]);
        expect(versionsOf([service("a", "1.0.0", { ...labels, "antipode.check": "{" })], []).unreadable).toEqual([{ version: "1.0.0", why: 'the label antipode.check is "{" and no check' }]);
    });

    it("are told apart from those whose labels somebody spoilt", () => {
        expect(versionsOf([service("a", "1.0.0", { "antipode.release": "r", "antipode.phase": "brave" }), service("b", "1.1.0")], [])).toMatchObject({
            versions: [{ version: "1.1.0" }],
            unreadable: [{ version: "1.0.0", why: expect.stringContaining(`the label antipode.phase is "brave"`) }],
        });
    });
});

import { describe, expect, it } from "vitest";
import { type SwarmTask, apps, compareVersions } from "./apps";

const service = (ID: string, version: string, labels = {}) => ({
    ID,
    Spec: { Name: `app-${version}`, Labels: { "antipode.role": "app", "antipode.version": version, ...labels } },
});
const task = (ServiceID: string, address: string, change: Partial<SwarmTask> = {}): SwarmTask => ({
    ServiceID,
    DesiredState: "running",
    Status: { State: "running" },
    NetworksAttachments: [
        { Network: { Spec: { Name: "other" } }, Addresses: ["172.16.0.9/16"] },
        { Network: { Spec: { Name: "antipode" } }, Addresses: [`${address}/24`] },
    ],
    ...change,
});

describe("versions that can serve", () => {
    it("are those with healthy tasks, newest first", () => {
        const services = [service("a", "1.9.0"), service("b", "1.10.0"), service("c", "1.11.0")];
        const tasks = [
            task("b", "10.0.1.7"),
            task("a", "10.0.1.6"),
            task("a", "10.0.1.5"),
            task("c", "10.0.1.8", { Status: { State: "starting" } }),
        ];
        expect(apps(services, tasks)).toEqual([
            { version: "1.10.0", addresses: ["10.0.1.7:80"] },
            { version: "1.9.0", addresses: ["10.0.1.5:80", "10.0.1.6:80"] },
        ]);
    });

    it.each([
        ["is to be shut down", { DesiredState: "shutdown" }],
        ["is on no network of ours", { NetworksAttachments: [] }],
        ["has no address yet", { NetworksAttachments: [{ Network: { Spec: { Name: "antipode" } }, Addresses: null }] }],
    ])("leave out a task that %s", (_, change) => {
        expect(apps([service("a", "1.0.0")], [task("a", "10.0.1.5", change)])).toEqual([]);
    });

    it("take the port from a label", () => {
        expect(apps([service("a", "1.0.0", { "antipode.port": "8000" })], [task("a", "10.0.1.5")])[0]?.addresses).toEqual(["10.0.1.5:8000"]);
    });

    it("have a version that is one", () => {
        expect(apps([service("a", "latest;")], [task("a", "10.0.1.5")])).toEqual([]);
    });
});

describe("order of versions", () => {
    it("is that of semver", () => {
        expect(["1.0.0", "1.0.0-rc.2", "1.0.0-rc.10", "0.9.9", "1.0.1"].sort(compareVersions)).toEqual([
            "0.9.9", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.0.1",
        ]);
    });
});

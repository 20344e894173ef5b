import { beforeEach, describe, expect, it } from "vitest";
import { DockerStandIn } from "../test/docker";
import { Leftovers } from "./leftovers";
import { Swarm } from "./swarm";

const hour = 3_600_000;
const never = new AbortController().signal;
const reference = (version: string, repository = "registry.test/team/app") => `${repository}@sha256:${version.replaceAll(".", "").padEnd(64, "0")}`;

let docker: DockerStandIn;
let logged: string[];
let now: number;
const sweep = () => new Leftovers(docker.docker, (_, message, { which } = {}) => void logged.push(`${message}: ${String(which)}`), () => now).sweep(never);
beforeEach(() => {
    [docker, logged, now] = [new DockerStandIn(), [], 10 * hour];
});

describe("secrets of a version", () => {
    const secret = (ID: string, version: string | undefined, createdAt = 0) => ({ ID, CreatedAt: new Date(createdAt).toISOString(), Spec: { Name: ID, Labels: (version === undefined ? {} : { "antipode.version": version }) as Record<string, string> } });
    const left = () => docker.secrets.map(({ ID }) => ID);

    it("are taken away later when the pilot was killed while it took the version away", async () => {
        const ordinal = docker.make("1.0.0");
        docker.secrets = [secret("one", "1.0.0"), secret("two", "1.0.0"), secret("of the pilot", undefined)];
        const swarm = new Swarm(docker.docker, {});
        const seen = (await swarm.look(never)).versions[0]!;
        const killed = new AbortController();
        docker.deaf = true;
        const held = docker.hold("listSecrets");
        const removing = swarm.remove("1.0.0", seen, killed.signal);
        removing.catch(() => undefined);
        await held.reached;
        killed.abort(new Error("killed"));
        held.answer();
        await expect(removing).rejects.toThrow("killed");
        expect([docker.services.has(ordinal), left()]).toEqual([false, ["one", "two", "of the pilot"]]);
        await sweep();
        expect(left()).toEqual(["of the pilot"]);
        expect(logged).toEqual(["a secret is taken away: no version has it any more: one", "a secret is taken away: no version has it any more: two"]);
    });

    it("stay while the version has a service, and for an hour in which it may get one", async () => {
        docker.make("1.0.0");
        docker.secrets = [secret("of one that is there", "1.0.0"), secret("of one that comes", "1.1.0", now - hour + 1), secret("of none", "0.9.0", now - hour)];
        await sweep();
        expect(left()).toEqual(["of one that is there", "of one that comes"]);
    });
});

describe("images on a machine", () => {
    const image = (version: string, more: { tags?: string[]; repository?: string; also?: string } = {}) => ({ Id: `id-${version}`, RepoTags: more.tags ?? [], RepoDigests: [reference(version, more.repository), ...(more.also ? [more.also] : [])], Created: 0 });
    const left = () => docker.images.map(({ Id }) => Id.slice(3));

    it("go with their versions: neither one that is kept, nor one that a container has, nor another's", async () => {
        docker.make("1.1.0", {}, reference("1.1.0"));
        docker.make("1.2.0", {}, `registry.test/team/app:1.2.0@${reference("1.2.0").split("@")[1]}`);
        docker.images = [
            image("1.0.0"), image("0.9.0", { tags: ["<none>:<none>"] }), image("0.8.0"), image("1.1.0"), image("1.2.0"),
            image("node", { repository: "docker.io/library/node" }), image("other", { repository: "registry.test/team/application" }), image("built", { tags: ["registry.test/team/app:1.3.0"] }),
        ];
        docker.containers = [{ ImageID: "id-0.8.0" }];
        await sweep();
        expect(left()).toEqual(["0.8.0", "1.1.0", "1.2.0", "node", "other", "built"]);
        docker.containers = [];
        await sweep();
        expect(left()).toEqual(["1.1.0", "1.2.0", "node", "other", "built"]);
    });

    it("stay where two names lead to one of a kept version", async () => {
        docker.make("1.1.0", {}, reference("1.1.0"));
        docker.images = [image("1.1.0", { also: reference("1.0.0") })];
        await sweep();
        expect(docker.images[0]!.RepoDigests.length).toBe(2);
    });

    it("stay where Swarm may go back to them", async () => {
        const id = docker.make("1.2.0", {}, reference("1.2.0"));
        docker.services.set(id, { ...docker.services.get(id)!, PreviousSpec: { Name: "app", TaskTemplate: { ContainerSpec: { Image: reference("1.1.0") } } } });
        docker.images = [image("1.0.0"), image("1.1.0"), image("1.2.0")];
        await sweep();
        expect(left()).toEqual(["1.1.0", "1.2.0"]);
    });

    it("of Docker's own registry are known by their short names", async () => {
        docker.make("1.2.0", {}, reference("1.2.0", "docker.io/team/app"));
        docker.images = [image("1.1.0", { repository: "team/app" }), image("1.2.0", { repository: "team/app" })];
        await sweep();
        expect(left()).toEqual(["1.2.0"]);
    });

    it("stay as long as Docker does not let one go, which keeps none of the others", async () => {
        docker.make("1.2.0", {}, reference("1.2.0"));
        docker.images = [image("1.0.0"), image("1.1.0")];
        docker.inUse.add("id-1.0.0");
        await sweep();
        expect([left(), logged[0]]).toEqual([["1.0.0"], `an image of no version stays for now: ${reference("1.0.0")}`]);
    });

    it("all stay where no service is", async () => {
        docker.images = [image("1.0.0")];
        await sweep();
        expect(left()).toEqual(["1.0.0"]);
    });
});
